-- The corpus: one DuckDB file, immutable once published. data/README.md explains every column.
-- Run at every publication, so that a corpus of an older version gains the tables that came since.

CREATE TABLE IF NOT EXISTS snapshot (
    number      INTEGER   NOT NULL,  -- grows by one with each publication
    id          VARCHAR   NOT NULL,  -- number and fingerprint of the content, e.g. 12-3fa9c1
    published   TIMESTAMP NOT NULL,  -- moment of publication, UTC
    reason      VARCHAR   NOT NULL,  -- what was done, in French
    coder       VARCHAR   NOT NULL   -- version of the coder that derived mentions and events
);

CREATE TABLE IF NOT EXISTS source (
    source      VARCHAR   NOT NULL,
    kind        VARCHAR   NOT NULL,  -- capture, wordpress, flux, wxr, html, table, chronique
    address     VARCHAR,             -- where it was read last: a URL or a file name
    first_read  TIMESTAMP NOT NULL,
    last_read   TIMESTAMP NOT NULL
);

CREATE TABLE IF NOT EXISTS country (
    code        VARCHAR   NOT NULL,  -- ISO 3166 alpha-3, plus EUU NAT UNO PSE TWN XKX GRL HKG
    name        VARCHAR   NOT NULL,  -- in French: Russie
    phrase      VARCHAR   NOT NULL,  -- as it stands in a sentence: la Russie
    region      VARCHAR   NOT NULL
);

CREATE TABLE IF NOT EXISTS event_type (
    type        VARCHAR   NOT NULL,  -- PLOVER, in capitals
    verb        VARCHAR   NOT NULL,  -- in French: « accuse »
    noun        VARCHAR   NOT NULL,  -- in French: « accusation »
    class       VARCHAR   NOT NULL,  -- conflict, cooperation
    force       VARCHAR   NOT NULL,  -- verbal, material
    score       DOUBLE    NOT NULL   -- its usual score
);

CREATE TABLE IF NOT EXISTS article (
    article_id     INTEGER   NOT NULL,
    source         VARCHAR   NOT NULL,
    source_key     VARCHAR   NOT NULL,
    url            VARCHAR,
    title          VARCHAR   NOT NULL,
    lead           VARCHAR   NOT NULL,
    text           VARCHAR   NOT NULL,
    author         VARCHAR,
    section        VARCHAR,
    tags           VARCHAR[] NOT NULL,
    published      DATE,
    earliest       DATE,
    latest         DATE,
    date_precision VARCHAR   NOT NULL,
    date_basis     VARCHAR   NOT NULL,
    instant        TIMESTAMP,
    modified       TIMESTAMP,
    partial        BOOLEAN   NOT NULL,
    fingerprint    VARCHAR   NOT NULL,  -- of all that the source says of the article
    duplicate_of   INTEGER,             -- article_id of the same dispatch that is counted in its place
    added_in       INTEGER   NOT NULL,  -- number of the snapshot in which it appeared
    changed_in     INTEGER   NOT NULL,  -- number of the snapshot of its last correction
    regions        VARCHAR[] NOT NULL,  -- derived
    countries      VARCHAR[] NOT NULL   -- derived: the countries that it is about
);

CREATE TABLE IF NOT EXISTS removal (
    source      VARCHAR   NOT NULL,
    source_key  VARCHAR   NOT NULL,
    title       VARCHAR   NOT NULL,
    url         VARCHAR,
    published   DATE,
    removed_in  INTEGER   NOT NULL,
    reason      VARCHAR   NOT NULL
);

CREATE TABLE IF NOT EXISTS refusal (
    source      VARCHAR   NOT NULL,
    place       VARCHAR   NOT NULL,
    reason      VARCHAR   NOT NULL,
    raw         VARCHAR   NOT NULL,
    first_seen  TIMESTAMP NOT NULL
);

-- By which texts that are nearly the same find each other; see ingest/duplicates.py.
CREATE TABLE IF NOT EXISTS sketch (
    article_id  INTEGER   NOT NULL,
    bands       BIGINT[]  NOT NULL
);

-- Derived by the coder, made again by `vigie code --all`. Offsets count characters of the part named.

CREATE TABLE IF NOT EXISTS mention (
    article_id  INTEGER   NOT NULL,
    part        VARCHAR   NOT NULL,  -- titre, chapô, texte
    sentence    INTEGER   NOT NULL,
    country     VARCHAR   NOT NULL,
    kind        VARCHAR   NOT NULL,
    starts      INTEGER   NOT NULL,
    ends        INTEGER   NOT NULL
);

-- Which countries an article names anywhere, and whether in its title or lead.
CREATE TABLE IF NOT EXISTS naming (
    article_id  INTEGER   NOT NULL,
    country     VARCHAR   NOT NULL,
    at_top      BOOLEAN   NOT NULL
);

CREATE TABLE IF NOT EXISTS event (
    event_id       VARCHAR NOT NULL,  -- the same in every snapshot as long as the sentence is read the same
    article_id     INTEGER NOT NULL,
    part           VARCHAR NOT NULL,
    sentence       INTEGER NOT NULL,
    sentence_text  VARCHAR NOT NULL,
    sentence_start INTEGER NOT NULL,
    source         VARCHAR NOT NULL,
    target         VARCHAR NOT NULL,
    country_a      VARCHAR NOT NULL,  -- the pair, in alphabetical order of the codes
    country_b      VARCHAR NOT NULL,
    type           VARCHAR NOT NULL,  -- PLOVER
    class          VARCHAR NOT NULL,  -- conflict, cooperation
    force          VARCHAR NOT NULL,  -- verbal, material
    score          DOUBLE  NOT NULL,  -- -10..+10
    trigger        VARCHAR NOT NULL,
    trigger_start  INTEGER NOT NULL,
    trigger_end    INTEGER NOT NULL,
    confidence     DOUBLE  NOT NULL,
    mutual         BOOLEAN NOT NULL,
    why            VARCHAR NOT NULL
);

-- The keyword index, kept by corpus/index.py. It holds the articles that count: a duplicate is not in it.

CREATE TABLE IF NOT EXISTS term (
    term_id     INTEGER   NOT NULL,
    term        VARCHAR   NOT NULL,  -- folded: elysee
    shown       VARCHAR   NOT NULL,  -- as it is written most often: Élysée
    stem        VARCHAR   NOT NULL,  -- what it shares with its inflected forms
    articles    INTEGER   NOT NULL,  -- that contain it; 0 once the last of them is gone
    occurrences BIGINT    NOT NULL
);

CREATE TABLE IF NOT EXISTS posting (              -- sorted by term_id and article_id, but for its latest additions
    term_id     INTEGER   NOT NULL,
    article_id  INTEGER   NOT NULL,
    published   DATE,               -- that of the article, so that a timeline reads this table alone
    in_title    BOOLEAN   NOT NULL,
    positions   INTEGER[] NOT NULL  -- ascending; below zero in the title; a paragraph leaves a gap
);

CREATE TABLE IF NOT EXISTS article_terms (        -- the same, one row per article
    article_id  INTEGER   NOT NULL,
    terms       INTEGER[] NOT NULL,  -- ascending
    counts      INTEGER[] NOT NULL
);

-- Words that belong together: terms of their own with spaces in their names, found by corpus/compounds.py.
CREATE TABLE IF NOT EXISTS compound (
    term_id     INTEGER   NOT NULL,
    absorbed    INTEGER[] NOT NULL   -- those of its parts that hardly ever stand elsewhere: not listed as words
);

CREATE TABLE IF NOT EXISTS indexed_day (
    published   DATE,
    articles    INTEGER   NOT NULL   -- that the index holds of that day
);

CREATE TABLE IF NOT EXISTS index_state (
    sorted_postings BIGINT NOT NULL  -- how many of the first rows of posting are in order
);

CREATE INDEX IF NOT EXISTS term_by_name ON term (term);
