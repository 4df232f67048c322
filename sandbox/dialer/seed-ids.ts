/** Ids of the seeded account, for tests and the demo. They are the same in every account. */
export const seededLineIds = {
  /** High concurrency, half of it free. */
  hangzhou: '37d73edf-4628-4cf1-8beb-758433fd0aab',
  shanghai: '5be1a0de-3c5c-4a3c-9f0e-6d1c1f6b7a02',
  beijing: '83f180c4-00f3-4aaa-bc41-6cba4493e892',
  /** Fully used: residue 0. */
  full: '0c9a3b1e-77a4-4d55-8a4f-2b9f4c51e604',
  /** A single free slot: residue 1, which the platform's rule forbids. */
  single: 'af69c544-a170-4a2d-b740-20bf66cc7ff4',
  /** Its lease expires within three days. */
  expiring: 'd2f4c7a9-19b0-4f3b-8f6a-9c0e5d7b3306',
  trunk: 'e7b81c52-6f0d-4e1a-b8c3-41d7a9f05e07',
} as const;

export const seededQuietIds = {
  rest: '146979fe-3864-4817-ad76-13b37f43bb1c',
  lunch: 'cf44b8fc-a60f-499e-a5c8-5340963a56a3',
  meeting: 'a6c20127-1199-4b87-bffa-75ed3e368fd0',
  /** Calls at any hour. */
  none: '6f1d5c0b-2a4e-4f7b-9d38-0e5b7c9a1d44',
} as const;
