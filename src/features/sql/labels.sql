-- What a customer known at as_of did on the days as_of + 1 to as_of + horizon. Not one feature reads this.
WITH next AS (
  SELECT c.as_of, o.customer_id, count(*) AS orders, sum(o.amount) AS spend
  FROM cuts c
  JOIN orders o ON o.ordered_on > c.as_of AND o.ordered_on <= @days_after(c.as_of, $horizon_days)
  GROUP BY c.as_of, o.customer_id
)
SELECT
  s.customer_id,
  s.as_of,
  CAST($horizon_days AS INTEGER) AS horizon_days,
  CASE WHEN n.orders > 0 THEN 1 ELSE 0 END AS bought_again,
  CASE WHEN n.orders > 0 THEN 0 ELSE 1 END AS churned,
  COALESCE(n.orders, 0) AS orders,
  @number(COALESCE(n.spend, 0)) AS spend
FROM seen_customers s
LEFT JOIN next n ON n.customer_id = s.customer_id AND n.as_of = s.as_of
