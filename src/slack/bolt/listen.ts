import type { App, BlockAction, BlockElementAction, ViewSubmitAction } from '@slack/bolt';
import { toAppError } from '../../core/errors.ts';
import type { FieldName } from '../../core/model/fields.ts';
import type { SlackDeps } from '../deps.ts';
import type { ActionId, CallbackId } from '../ids.ts';
import { withAlert } from './alert.ts';
import { type Interaction, interact } from './interaction.ts';
import { failureText, inPlaceOf } from './outcome.ts';
import { type PrivateData, readPrivateData } from './private-data.ts';
import type { Reply } from './reply.ts';
import { fromAction, fromSubmission, type InPlace, isOnHome, type PressedCard, pressedCard } from './sources.ts';
import { workIn } from './work.ts';

/** A press, in the form listeners use. */
export interface Press {
  /** The button's value, or the value of the chosen option. */
  value: string;
  pressed: PressedCard | null;
  body: BlockAction;
}

/**
 * Registers a listener for a button, menu or overflow, which the gate has acknowledged. `inPlace`: on which
 * messages that are pressed what comes of it is shown, and so is that work is in progress.
 */
export function onAction(
  app: App,
  deps: SlackDeps,
  actionId: ActionId | FieldName | RegExp,
  act: (interaction: Interaction, press: Press) => Promise<void>,
  { inPlace = null }: { inPlace?: InPlace } = {},
): void {
  app.action({ type: 'block_actions', action_id: actionId }, async ({ body, action, client, context, respond }) => {
    context.taken = true;
    const press: Press = { value: chosenValue(action), pressed: pressedCard(body), body };
    const source = fromAction(body, client, respond, inPlace);
    await interact(deps, `action ${action.action_id}`, source, (interaction) => act(interaction, press));
    if (isOnHome(body)) await renewHome(deps, body);
  });
}

/** What was pressed on Home may have changed what is to be seen there. */
async function renewHome({ homes, log }: SlackDeps, { user, view }: BlockAction): Promise<void> {
  await homes
    .show(user.id, view?.hash ?? null)
    .catch((thrown) => log.warn('a Home could not be renewed', { who: user.id, reason: toAppError(thrown).message }));
}

/** Registers a listener for a submitted modal. `decide` must be quick: it may not send a request to the platform. */
export function onSubmit(
  app: App,
  deps: SlackDeps,
  callbackId: CallbackId,
  decide: (
    view: ViewSubmitAction['view'],
    data: PrivateData,
    t: Interaction['t'],
    person: string,
  ) => Promise<Reply> | Reply,
): void {
  app.view({ type: 'view_submission', callback_id: callbackId }, async ({ ack, body, client, context }) => {
    context.taken = true;
    const t = await deps.catalogueFor(body.user.id, client);
    let reply: Reply;
    try {
      reply = await decide(body.view, readPrivateData(body.view.private_metadata), t, body.user.id);
    } catch (thrown) {
      // At the first field, so that the form stays as it was typed; above it where there is none.
      const field = Object.keys(body.view.state?.values ?? {})[0];
      const text = failureText(deps, t, thrown, `view ${callbackId}`);
      await ack(
        field === undefined
          ? { response_action: 'update', view: withAlert(body.view, text) }
          : { response_action: 'errors', errors: { [field]: text } },
      );
      return;
    }
    const { after, ack: shown } = reply;
    if (after === undefined || shown.response_action !== 'update') return ack(shown);
    const { view } = shown;
    const where = `view ${callbackId}`;
    const source = fromSubmission(body as ViewSubmitAction, client);
    const data = readPrivateData(body.view.private_metadata);
    const work = workIn(body.view.id, { form: callbackId, person: body.user.id, title: view.title.text, data });
    await deps.noted(
      work,
      () => ack(shown),
      () => interact(deps, where, source, (interaction) => inPlaceOf(deps, interaction, { shown: view, where }, after)),
    );
  });
}

function chosenValue(action: BlockElementAction): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  return '';
}
