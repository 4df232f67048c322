/** A priority queue by time; items with the same time come out in the order in which they were added. */
export interface TimeHeap<T> {
  push(at: number, item: T): void;
  /** Takes the earliest item if its time is at or before `until`. */
  popUntil(until: number): { at: number; item: T } | undefined;
}

interface Node<T> {
  at: number;
  order: number;
  item: T;
}

export function createTimeHeap<T>(): TimeHeap<T> {
  const nodes: Node<T>[] = [];
  let pushed = 0;

  return {
    push(at, item) {
      nodes.push({ at, order: pushed, item });
      pushed += 1;
      siftUp(nodes, nodes.length - 1);
    },
    popUntil(until) {
      const first = nodes[0];
      if (first === undefined || first.at > until) return undefined;
      const last = nodes.pop();
      if (last !== undefined && last !== first) {
        nodes[0] = last;
        siftDown(nodes);
      }
      return { at: first.at, item: first.item };
    },
  };
}

function before<T>(a: Node<T>, b: Node<T>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function siftUp<T>(nodes: Node<T>[], from: number): void {
  let index = from;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!swapIfBefore(nodes, index, parent)) return;
    index = parent;
  }
}

function siftDown<T>(nodes: Node<T>[]): void {
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const a = nodes[left];
    const b = nodes[left + 1];
    if (a === undefined) return;
    const child = b !== undefined && before(b, a) ? left + 1 : left;
    if (!swapIfBefore(nodes, child, index)) return;
    index = child;
  }
}

function swapIfBefore<T>(nodes: Node<T>[], child: number, parent: number): boolean {
  const a = nodes[child];
  const b = nodes[parent];
  if (a === undefined || b === undefined || !before(a, b)) return false;
  nodes[child] = b;
  nodes[parent] = a;
  return true;
}
