import type { KnownBlock } from '@slack/types';
import type { CardData } from '../../core/model/card.ts';
import type { StopInForce, StopMessage, StoppedTask } from '../../core/model/emergency-stop.ts';
import type { Resumed } from '../../core/stop/resume.ts';
import type { Catalogue } from '../../i18n/en.ts';
import { actionIds } from '../ids.ts';
import { writeJson } from './json-value.ts';
import { fitMessage, type MessageBody } from './limits.ts';
import { code, date, type Names, named, personName, plainName } from './mrkdwn.ts';
import { actions, button, context, plain, present, section } from './parts.ts';
import { failureBlock, namesOf, type PauseFailure } from './paused-many.ts';
import { resumeButton } from './resume-button.ts';
import { glyphs, warning } from './state.ts';

const stopSign = '🛑';

/** A message lists no more tasks that could not be started or paused; the others are counted. */
const maxListed = 20;

/** What everybody who watches reads. `names`: of people, who are not mentioned. */
export function stopNoticeMessage(said: StopMessage, t: Catalogue, names: Names = new Map()): MessageBody {
  const says = t.stop;
  const { event, count, others } = said;
  const who = names.has(said.person) ? personName(said.person, names) : t.units.someone;
  const headline = {
    stopped: () => `${stopSign} ${says.stopped(who)}`,
    paused: () => `${stopSign} ${pausedText(count, others, t)}`,
    resumed: () => `${glyphs.dialing} ${says.resumed(who, count)}`,
    lifted: () => `${glyphs.paused} ${says.lifted(who)}`,
    after_hours: () => `${glyphs.paused} ${says.afterHours(who, count)}`,
    interrupted: () => `${warning} ${says.interrupted(count)}`,
  }[event]();
  const missing = others === 0 ? [] : missingText(event, others, t);
  const text = t.units.sentences([headline, ...missing]);
  const canResume = event === 'stopped' || event === 'paused' || event === 'interrupted';
  return fitMessage({
    text,
    blocks: present([
      section(text),
      ...said.left.slice(0, maxListed).map((one) => leftBlock(one, event === 'paused' || event === 'after_hours', t)),
      others > said.left.length ? context(says.more(others - said.left.length)) : null,
      canResume ? resumeButton(t) : null,
      context(date(said.at, t.dates.moment)),
    ]),
  });
}

/** How many tasks it did not work for, where the sentence itself does not say so. */
function missingText(event: StopMessage['event'], others: number, t: Catalogue): string[] {
  if (event === 'resumed') return [t.stop.notStarted(others)];
  return event === 'after_hours' ? [t.stop.notPausedThen(others)] : [];
}

/** What is said of a stop wherever tasks are shown: who ordered it, what it means, and how it ends. `who`: mrkdwn. */
export function stopInForceBlocks({ at }: Pick<StopInForce, 'at'>, who: string, t: Catalogue): KnownBlock[] {
  const text = t.units.sentences([t.stop.since(who, date(at, t.dates.moment)), t.stop.untilResumed]);
  return [section(`${stopSign} ${text}`), resumeButton(t)];
}

export interface OrderedStopData {
  /** null: it is not remembered. */
  stop: Pick<StopInForce, 'person' | 'at'> | null;
  already: boolean;
  paused: readonly CardData[];
  failed: readonly PauseFailure[];
  isIncomplete: boolean;
  /** The command that resumes it. */
  resume: string;
  names: Names;
}

/** The reply to the person who stopped all calling: how many tasks are paused, and each that may still be calling. */
export function orderedStopMessage(data: OrderedStopData, t: Catalogue): MessageBody {
  const { stop, already, paused, failed, isIncomplete, names } = data;
  const says = t.stop;
  const headline = `${failed.length > 0 ? warning : stopSign} ${pausedText(paused.length, failed.length, t)}`;
  const known =
    stop === null
      ? `${warning} ${says.unremembered}`
      : t.units.sentences([
          ...(already ? [says.already(personName(stop.person, names), date(stop.at, t.dates.moment))] : []),
          says.bars(code(data.resume)),
        ]);
  return fitMessage({
    text: t.units.sentences([headline, known]),
    blocks: present([
      section(headline),
      section(known),
      ...failed.slice(0, maxListed).map((one) => failureBlock(one, t)),
      failed.length > maxListed ? context(says.more(failed.length - maxListed)) : null,
      paused.length === 0 ? null : context(namesOf(paused, t)),
      isIncomplete ? context(`${warning} ${t.pauseMany.incomplete}`) : null,
      stop === null ? null : resumeButton(t),
    ]),
  });
}

export interface StopQuestion {
  stop: StopInForce;
  tasks: readonly StoppedTask[];
  names: Names;
}

/** What resuming is about to start, before anything is. */
export function resumeQuestionMessage({ stop, tasks, names }: StopQuestion, t: Catalogue): MessageBody {
  const says = t.stop;
  const again = tasks.filter(({ state }) => state === 'paused' || state === 'begun');
  const notPaused = tasks.filter(({ state }) => state === 'wanted').length;
  const left = again.every((task) => task.left !== null)
    ? again.reduce((sum, task) => sum + (task.left ?? 0), 0)
    : null;
  const headline = again.length === 0 ? says.noneLeft : says.question(again.length);
  const by = (person: string): string => personName(person, names);
  const value = writeJson({ stop: stop.id, round: stop.round });
  const { resumedBy } = stop;
  return fitMessage({
    text: headline,
    blocks: present([
      section(`*${headline}*`),
      stop.doubted ? section(`${warning} ${says.doubted}`) : null,
      again.length === 0 ? null : section(left === null ? says.howUncounted : says.how(t.units.numbers(left))),
      again.length === 0 ? null : context(listed(again, t)),
      notPaused > 0 ? context(`${warning} ${says.notPaused(notPaused)}`) : null,
      context(
        t.units.sentences([
          says.since(by(stop.person), date(stop.at, t.dates.moment)),
          ...(stop.state === 'resuming' && resumedBy !== null
            ? [says.resuming(by(resumedBy.person), date(resumedBy.at, t.dates.moment))]
            : []),
        ]),
      ),
      actions('stop', [
        ...(again.length === 0
          ? []
          : [button(actionIds.resumeStop, says.startAgain(again.length), value, { style: 'primary' })]),
        button(actionIds.liftStop, says.lift, value, {
          confirm: {
            title: plain(says.liftTitle),
            text: plain(says.liftText),
            confirm: plain(says.lift),
            deny: plain(t.buttons.back),
          },
        }),
      ]),
    ]),
  });
}

/** What came of a resumption. */
export function resumedMessage({ tasks, ended }: Pick<Resumed, 'tasks' | 'ended'>, t: Catalogue): MessageBody {
  const says = t.stop;
  const inState = (...states: StoppedTask['state'][]) => tasks.filter(({ state }) => states.includes(state));
  const [started, waiting, withdrawn] = [inState('started'), inState('paused', 'begun'), inState('withdrawn')];
  const left = inState('left');
  const headline = `${glyphs.dialing} ${says.startedAgain(started.length)}`;
  const lines = [
    ...(ended === 'waits' ? [`${warning} ${says.waits(waiting.length)}`] : []),
    ...(ended === 'closed' ? [`${warning} ${says.closed(waiting.length)}`] : []),
    ...(ended === 'barred' ? [`${stopSign} ${says.barred(waiting.length)}`] : []),
    ...(withdrawn.length > 0 ? [says.withdrawn(withdrawn.length)] : []),
    ...(left.length > 0 ? [`${warning} ${says.notStarted(left.length)}`] : []),
  ];
  return fitMessage({
    text: t.units.sentences([headline, ...lines]),
    blocks: present([
      section(headline),
      ...lines.map((line) => section(line)),
      ...left
        .slice(0, maxListed)
        .map(({ taskId, name, why }) => leftBlock({ taskId, name, why: why ?? 'unknown' }, false, t)),
      left.length > maxListed ? context(says.more(left.length - maxListed)) : null,
    ]),
  });
}

function pausedText(paused: number, failed: number, t: Catalogue): string {
  if (failed > 0) return t.stop.partly(paused, failed);
  return paused === 0 ? t.stop.none : t.stop.paused(paused);
}

/** A task that is not as it should be, with what repairs it. */
function leftBlock({ taskId, name, why }: StopMessage['left'][number], pause: boolean, t: Catalogue): KnownBlock {
  const spoken = plainName(name);
  const text = `*${named(name)}*\n${t.stop.why[why]}`;
  if (why === 'gone') return section(text);
  return pause || why === 'not_paused'
    ? section(text, button(actionIds.pauseTask, t.buttons.pause, taskId, { spoken: t.aria.pause(spoken) }))
    : section(text, button(actionIds.startTask, t.buttons.start, taskId, { spoken: t.aria.start(spoken) }));
}

/** A message names no more tasks; the others are counted. */
const maxNamed = 30;

function listed(tasks: readonly StoppedTask[], t: Catalogue): string {
  const more = tasks.length - maxNamed;
  const names = tasks.slice(0, maxNamed).map(({ name }) => named(name, 40));
  return [...names, ...(more > 0 ? [t.stop.more(more)] : [])].join(t.units.separator);
}
