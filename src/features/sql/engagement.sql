-- A proxy for engagement, since order histories hold no sessions, and how evenly a customer's orders are spaced.
WITH recent AS (
  SELECT as_of, customer_id,
    sum(CASE WHEN ordered_on > @days_before(as_of, 90) THEN 1 ELSE 0 END) AS orders_90d,
    count(DISTINCT @month_start(ordered_on)) AS months
  FROM seen_orders
  GROUP BY as_of, customer_id
),
gaps AS (
  SELECT as_of, customer_id, count(gap) AS n, sum(gap) AS total, sum(gap * gap) AS squares
  FROM (
    SELECT as_of, customer_id,
      @days_between(lag(ordered_on) OVER (PARTITION BY as_of, customer_id ORDER BY ordered_on, order_id), ordered_on) AS gap
    FROM seen_orders
  ) AS g
  GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  @ratio(r.months, @months_between(c.first_on, c.as_of) + 1) AS active_month_share,
  (1 / (1 + @number(@days_between(c.last_on, c.as_of)) / 30)
    + @ratio(r.orders_90d, r.orders_90d + 1)
    + @ratio(r.months, @months_between(c.first_on, c.as_of) + 1)) / 3 AS engagement_score,
  -- 1 / (1 + coefficient of variation); the variance comes from exact sums of whole days.
  CASE WHEN g.n >= 2 AND g.total > 0
    THEN 1 / (1 + sqrt(@ratio(g.n * g.squares - g.total * g.total, g.n * (g.n - 1))) / @ratio(g.total, g.n))
  END AS gap_regularity
FROM seen_customers c
JOIN recent r ON r.customer_id = c.customer_id AND r.as_of = c.as_of
JOIN gaps g ON g.customer_id = c.customer_id AND g.as_of = c.as_of
