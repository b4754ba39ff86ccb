-- Which countries an article names together and what is the worst and the best that it reports between them:
-- made again with every publication, so that all pairs of a large corpus are weighed in one pass.

CREATE OR REPLACE TABLE pairing AS
WITH named AS (
    SELECT one.article_id, one.country AS country_a, other.country AS country_b,
           CASE WHEN one.at_top AND other.at_top THEN 2 ELSE 1 END AS weight
    FROM naming AS one
    JOIN naming AS other ON other.article_id = one.article_id AND other.country > one.country
)
SELECT named.*,
       coalesce(conflict, 0)                  AS conflict,     -- gravity, 0..1
       coalesce(cooperation, 0)               AS cooperation,  -- 0..1
       coalesce(verbal_conflict, false)       AS verbal_conflict,
       coalesce(material_conflict, false)     AS material_conflict,
       coalesce(verbal_cooperation, false)    AS verbal_cooperation,
       coalesce(material_cooperation, false)  AS material_cooperation
FROM named LEFT JOIN told([]) AS told USING (article_id, country_a, country_b)
ORDER BY country_a, country_b, article_id;
