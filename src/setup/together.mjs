/**
 * Waits for parallel tasks. If one fails, aborts the others and waits for them before it throws.
 *
 * @param {readonly Promise<unknown>[]} tasks
 * @param {AbortController} controller
 */
export async function together(tasks, controller) {
  /** @type {{ reason: unknown } | undefined} */
  let first;
  await Promise.all(
    tasks.map((task) =>
      task.catch((reason) => {
        first ??= { reason };
        controller.abort(reason);
      }),
    ),
  );
  if (first) throw first.reason;
}
