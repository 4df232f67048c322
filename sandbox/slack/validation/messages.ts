export interface Refusal {
  error: string;
  messages: string[];
}

export function checkMessage(args: {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  markdown_text?: string | undefined;
}): Refusal | null {
  if (args.blocks !== undefined && !Array.isArray(args.blocks)) return { error: 'invalid_blocks', messages: [] };
  if (!args.text && !args.blocks && !args.attachments && !args.markdown_text) return { error: 'no_text', messages: [] };
  return null;
}
