import { readDigestTime } from '../../core/reports/digest-time.ts';
import { fold } from '../../core/text/fold.ts';
import { addressOf, channelMeant } from '../flows/channel-of.ts';
import { endDigest, setDigest, showDigest, unclearDigest } from '../flows/digest.ts';
import type { Subcommand } from './subcommand.ts';

const offWords: ReadonlySet<string> = new Set(['off', 'none', 'stop', '关闭', '关', '停止', '取消']);
const showWords: ReadonlySet<string> = new Set(['', 'show', 'list', '查看', '显示']);

/** `digest <time> [days] | off | show [in #channel | for me]` */
export const digest: Subcommand = async (deps, interaction, rest, target) => {
  const { ref, mention } = target ?? { ref: rest, mention: { kind: 'none' } };
  const channel = await channelMeant(deps, interaction, mention);
  if (channel === null) return;
  const place = addressOf(interaction, channel);
  const word = fold(ref);
  if (showWords.has(word)) return showDigest(deps, interaction, place);
  if (offWords.has(word)) return endDigest(deps, interaction, place);
  const time = readDigestTime(ref);
  if (time === null) return unclearDigest(interaction, ref);
  await setDigest(deps, interaction, { channel, place, time });
};
