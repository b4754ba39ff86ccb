-- What analysis asks for; made again with every publication, so that a view needs no migration.

-- The articles that count: of a dispatch that several sources carry, one.
CREATE OR REPLACE VIEW counted AS
SELECT * FROM article WHERE duplicate_of IS NULL;

-- The days that the corpus spans, and what of it has no day.
CREATE OR REPLACE VIEW extent AS
SELECT
    min(published)                                AS first_day,
    max(published)                                AS last_day,
    count(*)                                      AS articles,
    count(*) FILTER (published IS NULL)           AS undated_articles
FROM counted;

-- What each article reports between two countries, of the events whose ids are not set aside: how grave its
-- worst conflict is and how close its best cooperation, 0..1, and whether it reports any of the four classes.
CREATE OR REPLACE MACRO told(aside) AS TABLE
SELECT
    article_id, country_a, country_b,
    coalesce(max(-score) FILTER (score < 0), 0) / 10        AS conflict,
    coalesce(max(score) FILTER (score > 0), 0) / 10         AS cooperation,
    bool_or(class = 'conflict' AND force = 'verbal')        AS verbal_conflict,
    bool_or(class = 'conflict' AND force = 'material')      AS material_conflict,
    bool_or(class = 'cooperation' AND force = 'verbal')     AS verbal_cooperation,
    bool_or(class = 'cooperation' AND force = 'material')   AS material_cooperation
FROM event WHERE event_id <> ALL(aside)
GROUP BY ALL;
