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

-- Of the scores of several events, how grave the worst conflict is and how close the best cooperation, 0..1.
CREATE OR REPLACE MACRO worst(score) AS coalesce(max(-score) FILTER (score < 0), 0) / 10;
CREATE OR REPLACE MACRO best(score) AS coalesce(max(score) FILTER (score > 0), 0) / 10;
