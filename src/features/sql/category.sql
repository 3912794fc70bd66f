-- Long form, one row per customer and category: the named categories become columns of the wide form.
WITH spent AS (
  SELECT as_of, customer_id, category,
    sum(amount) AS total,
    sum(CASE WHEN ordered_on > @days_before(as_of, 30) THEN amount ELSE 0 END) AS spend_30d,
    count(DISTINCT order_id) AS txn_count
  FROM seen_lines
  WHERE category IS NOT NULL
  GROUP BY as_of, customer_id, category
)
SELECT
  customer_id,
  as_of,
  category,
  @number(spend_30d) AS spend_30d,
  txn_count,
  CASE WHEN row_number() OVER (PARTITION BY as_of, customer_id ORDER BY total DESC, category) = 1 THEN 1 ELSE 0 END AS favorite_category
FROM spent
