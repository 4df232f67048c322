/**
 * `derive`, run once per object: for what never changes, such as the tasks and readings of one poll. The result is
 * dropped with the object.
 */
export function derivedOnce<K extends object, V>(derive: (from: K) => V): (from: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (from) => {
    const held = known.get(from) ?? { value: derive(from) };
    known.set(from, held);
    return held.value;
  };
}
