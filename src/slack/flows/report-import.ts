import type { WebClient } from '@slack/web-api';
import type { RunOutcome } from '../../core/imports/ledger.ts';
import type { Reporting } from '../../core/imports/resume.ts';
import type { Clock } from '../../core/ports.ts';
import { currentLine } from '../../core/tasks/choices.ts';
import type { StartResult } from '../../core/tasks/requests.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { toSlackFailure } from '../api/errors.ts';
import { keyMetadata } from '../api/messenger.ts';
import { writeCheck } from '../bolt/check-value.ts';
import { shownView } from '../bolt/interaction.ts';
import type { Outcome } from '../bolt/outcome.ts';
import type { SlackDeps } from '../deps.ts';
import type { StartAnswer } from '../views/import-order.ts';
import { importResultMessage, importResultView } from '../views/import-result.ts';
import { importProgress } from './import-progress.ts';

/** Reaches a person in their own language, by direct message. */
export interface DirectMessages {
  client: WebClient;
  catalogueFor(person: string, client: WebClient): Promise<Catalogue>;
}

/** What is known of tasks, and of what they can be repaired with. */
interface Known {
  finder: Pick<SlackDeps['finder'], 'known'>;
  choices: Pick<SlackDeps['choices'], 'last'>;
}

/** What became of an import, for the modal in which it was sent and for a message. */
export function importOutcome(known: Known, { run, result, answer: came }: RunOutcome, t: Catalogue): Outcome {
  const { finder } = known;
  const started = finder.known().some(({ task }) => task.id === run.taskId && task.started);
  const check = writeCheck({ of: 'start', taskId: run.taskId });
  const answer = came === undefined ? came : withChoices(known, came);
  const summary = { run, result, answer, started, check };
  return { view: importResultView(summary, t), message: importResultMessage(summary, t) };
}

/** A start that asks or cannot be carried out, with what repairs it: the preflight has just read the choices, if it could. */
function withChoices({ choices }: Pick<Known, 'choices'>, answer: StartResult): StartAnswer {
  if (answer.kind !== 'ask' && answer.kind !== 'stopped') return answer;
  return { ...answer, choices: choices.last(currentLine(answer.card.task)) };
}

/**
 * How imports that go on after an interruption are shown: their progress in the modal in which they were begun, if that
 * is still open, and what becomes of them there and by direct message.
 */
export function importReporting(direct: DirectMessages, { clock, ...known }: Known & { clock: Clock }): Reporting {
  const viewOf = (place: string | null) => (place === null ? null : shownView(direct.client, place));
  return {
    async progress({ facts, person }) {
      const t = await direct.catalogueFor(person, direct.client);
      return importProgress({ clock }, { t, view: viewOf(facts.place) }).show;
    },
    async report(outcome) {
      const { run } = outcome;
      const t = await direct.catalogueFor(run.person, direct.client);
      const { view, message } = importOutcome(known, outcome, t);
      await viewOf(run.facts.place)
        ?.update(view)
        .catch(() => false);
      const metadata = keyMetadata(`import:${run.id}`);
      await direct.client.chat.postMessage({ channel: run.person, ...message, metadata }).catch((error) => {
        throw toSlackFailure(error);
      });
    },
  };
}
