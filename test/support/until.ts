/** Waits for a condition, at most `ms` (20 s): whoever asks must look again, as it may never have come. */
export async function until(ready: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await ready()) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
