/**
 * Shows a value below the cell, now, as if it were the cell's last expression: a table, a chart, anything with a
 * `Symbol.for("Jupyter.display")` method. A promise is awaited first. Use it to show several values in one cell.
 *
 * @example
 * display(customers);
 * display(monthlyRevenueChart(orders));
 */
declare function display(value: unknown): Promise<void>;
