-- What is known of the household. Protected attributes are stored apart and cannot be seen from here.
SELECT
  c.customer_id,
  c.as_of,
  @number(d.household_income) AS household_income,
  @number(d.home_square_feet) AS home_square_feet,
  CASE d.is_new_mover WHEN true THEN 1 WHEN false THEN 0 END AS is_new_mover,
  @number(d.household_size) AS household_size,
  d.loyalty_tier,
  d.region,
  d.country,
  d.acquisition_channel
FROM seen_customers c
LEFT JOIN seen_demographics d ON d.customer_id = c.customer_id AND d.as_of = c.as_of
