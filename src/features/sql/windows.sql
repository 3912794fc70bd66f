-- Counts and spend in the last days, and what one transaction is worth. A window of n days is as_of - n + 1 to as_of.
WITH counts AS (
  SELECT as_of, customer_id,
    sum(CASE WHEN ordered_on > @days_before(as_of, 7) THEN 1 ELSE 0 END) AS n7,
    sum(CASE WHEN ordered_on > @days_before(as_of, 30) THEN 1 ELSE 0 END) AS n30,
    sum(CASE WHEN ordered_on > @days_before(as_of, 90) THEN 1 ELSE 0 END) AS n90,
    max(amount) AS greatest_value,
    min(amount) AS least_value,
    sum(@exact_square(amount)) AS squares
  FROM seen_orders
  GROUP BY as_of, customer_id
),
spend AS (
  SELECT as_of, customer_id,
    sum(CASE WHEN day > @days_before(as_of, 7) THEN amount ELSE 0 END) AS s7,
    sum(CASE WHEN day > @days_before(as_of, 30) THEN amount ELSE 0 END) AS s30,
    sum(CASE WHEN day > @days_before(as_of, 90) THEN amount ELSE 0 END) AS s90
  FROM seen_money
  GROUP BY as_of, customer_id
)
SELECT
  c.customer_id,
  c.as_of,
  @days_between(c.last_on, c.as_of) AS days_since_last_transaction,
  @days_between(c.first_on, c.as_of) AS days_since_first_transaction,
  c.orders AS total_transactions,
  @ratio(@days_between(c.first_on, c.last_on), c.orders - 1) AS avg_days_between_transactions,
  @days_between(least(c.first_on, COALESCE(d.signup_date, c.first_on)), c.as_of) AS customer_tenure_days,
  n.n7 AS transaction_count_7d,
  n.n30 AS transaction_count_30d,
  n.n90 AS transaction_count_90d,
  @number(s.s7) AS total_spend_7d,
  @number(s.s30) AS total_spend_30d,
  @number(s.s90) AS total_spend_90d,
  @number(c.money) AS lifetime_spend,
  @ratio(c.gross, c.orders) AS avg_transaction_value,
  @number(n.greatest_value) AS max_transaction_value,
  @number(n.least_value) AS min_transaction_value,
  -- From exact sums: neither the order of rows nor the rest of a subtraction in doubles shows.
  sqrt(@ratio(c.orders * n.squares - @exact_square(c.gross), c.orders * (c.orders - 1))) AS std_transaction_value,
  @ratio(c.money, greatest(@days_between(c.first_on, c.as_of), 1)) AS spend_velocity
FROM seen_customers c
JOIN counts n ON n.customer_id = c.customer_id AND n.as_of = c.as_of
JOIN spend s ON s.customer_id = c.customer_id AND s.as_of = c.as_of
LEFT JOIN seen_demographics d ON d.customer_id = c.customer_id AND d.as_of = c.as_of
