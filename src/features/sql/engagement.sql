-- A proxy for engagement, since order histories hold no sessions.
WITH recent AS (
  SELECT as_of, customer_id,
    sum(CASE WHEN ordered_on > @days_before(as_of, 90) THEN 1 ELSE 0 END) AS orders_90d,
    count(DISTINCT @month_start(ordered_on)) AS months
  FROM seen_orders
  GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  @ratio(r.months, @months_between(c.first_on, c.as_of) + 1) AS active_month_share,
  (1 / (1 + @number(@days_between(c.last_on, c.as_of)) / 30)
    + @ratio(r.orders_90d, r.orders_90d + 1)
    + @ratio(r.months, @months_between(c.first_on, c.as_of) + 1)) / 3 AS engagement_score
FROM seen_customers c
JOIN recent r ON r.customer_id = c.customer_id AND r.as_of = c.as_of
