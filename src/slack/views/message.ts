import type { KnownBlock } from '@slack/types';

/** What is posted: every message view returns this. */
export interface MessageBody {
  /** What notifications and screen readers read. */
  text: string;
  blocks: KnownBlock[];
}
