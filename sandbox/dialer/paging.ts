import type { Switches } from './options.ts';

/** The list in the chosen envelope. A page beyond the end is empty; `ignored` sends everything. */
export function paged(items: unknown[], query: URLSearchParams, switches: Switches, origin: string): unknown {
  if (switches.paging === 'ignored') return { data: items };
  const perPage = Math.min(wholeNumber(query.get('per_page')) ?? switches.perPage, switches.maxPerPage);
  const page = wholeNumber(query.get('page')) ?? 1;
  const from = (page - 1) * perPage;
  const data = items.slice(from, from + perPage);
  const lastPage = Math.max(1, Math.ceil(items.length / perPage));

  if (switches.paging === 'agent') {
    const meta = {
      has_pages: lastPage > 1,
      total: items.length,
      last_page: lastPage,
      current_page: page,
      // A string, as in the platform's newer list.
      per_page: String(perPage),
    };
    return { code: 200, status: 'success', message: '', data, meta };
  }
  const path = `${origin}/v1/task`;
  const link = (target: number): string | null => (target < 1 || target > lastPage ? null : `${path}?page=${target}`);
  return {
    data,
    links: { first: link(1), last: link(lastPage), prev: link(page - 1), next: link(page + 1) },
    meta: {
      current_page: page,
      from: data.length === 0 ? null : from + 1,
      last_page: lastPage,
      path,
      per_page: perPage,
      to: data.length === 0 ? null : from + data.length,
      total: items.length,
    },
  };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}
