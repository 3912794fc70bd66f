-- How recently, how often and for how much a customer bought.
WITH gaps AS (
  SELECT as_of, customer_id, count(gap) AS n, sum(gap) AS total, sum(gap * gap) AS squares
  FROM (
    SELECT as_of, customer_id,
      @days_between(lag(ordered_on) OVER (PARTITION BY as_of, customer_id ORDER BY ordered_on, order_id), ordered_on) AS gap
    FROM seen_orders
  ) AS g
  GROUP BY as_of, customer_id
),
lines AS (
  SELECT as_of, customer_id, count(*) AS n, count(DISTINCT product_id) AS products, sum(amount) AS total
  FROM seen_lines
  GROUP BY as_of, customer_id
),
returned AS (
  SELECT as_of, customer_id, sum(amount) AS total FROM seen_returns GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  @days_between(c.last_on, c.as_of) AS recency_days,
  c.orders AS frequency,
  @number(c.money) AS monetary,
  @ratio(c.money, c.orders) AS avg_basket_value,
  COALESCE(l.products, 0) AS unique_products,
  @ratio(g.total, g.n) AS avg_interpurchase_days,
  @days_between(c.first_on, c.last_on) AS purchase_span_days,
  @number(COALESCE(l.total, 0)) AS price_sum,
  @ratio(l.total, l.n) AS price_mean,
  COALESCE(l.n, 0) AS line_count,
  @ratio(c.orders, greatest(@number(@days_between(c.first_on, c.as_of)) / 30.4375, 1)) AS purchase_frequency_per_month,
  @days_between(c.first_on, c.as_of) AS days_since_first_purchase,
  least(1, COALESCE(@ratio(r.total, c.gross), 0)) AS return_rate,
  -- 1 / (1 + coefficient of variation), with the variance of the gaps from exact sums of whole days.
  CASE WHEN g.n >= 2 AND g.total > 0
    THEN round(1 / (1 + sqrt(greatest(@number(g.squares) - @number(g.total) * @number(g.total) / g.n, 0) / (g.n - 1)) / @ratio(g.total, g.n)), 9)
  END AS gap_regularity
FROM seen_customers c
LEFT JOIN gaps g ON g.customer_id = c.customer_id AND g.as_of = c.as_of
LEFT JOIN lines l ON l.customer_id = c.customer_id AND l.as_of = c.as_of
LEFT JOIN returned r ON r.customer_id = c.customer_id AND r.as_of = c.as_of
