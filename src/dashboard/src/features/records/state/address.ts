/** All that the address of the grid says, so that a link shows the same. */
export interface GridAddress {
  page: number;
  perPage: number;
  /** As the API takes it, such as `-created`; empty is newest first. */
  sort: string;
  filter: string;
  /** Text looked for in every field of text. */
  search: string;
  /** Names of the columns in their order; null is what was chosen in this browser, else all. */
  columns: string[] | null;
  /** Id of the saved view that was opened. */
  view: string | null;
  /** Id of the record that is open beside the grid, or `new`. */
  record: string | null;
}

export const pageSizes = [50, 100, 200, 500];
const usual = 100;

/** Reads the parameters of the address; what makes no sense is as if it were not there. */
export function readAddress(params: URLSearchParams): GridAddress {
  const page = Number(params.get('page'));
  const perPage = Number(params.get('per'));
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    perPage: pageSizes.includes(perPage) ? perPage : usual,
    sort: params.get('sort') ?? '',
    filter: params.get('filter') ?? '',
    search: params.get('q') ?? '',
    columns: params.get('cols')?.split(',').filter(Boolean) ?? null,
    view: params.get('view'),
    record: params.get('record'),
  };
}

/** The parameters of an address; what is as usual is left out. */
export function writeAddress(address: GridAddress): URLSearchParams {
  const params = new URLSearchParams();
  if (address.view) params.set('view', address.view);
  if (address.search) params.set('q', address.search);
  if (address.filter) params.set('filter', address.filter);
  if (address.sort) params.set('sort', address.sort);
  if (address.columns) params.set('cols', address.columns.join(','));
  if (address.perPage !== usual) params.set('per', String(address.perPage));
  if (address.page > 1) params.set('page', String(address.page));
  if (address.record) params.set('record', address.record);
  return params;
}

/** What a click on a column's head does: rising, falling, then newest first again. */
export function nextSort(sort: string, field: string): string {
  if (sort === field) return `-${field}`;
  return sort === `-${field}` ? '' : field;
}
