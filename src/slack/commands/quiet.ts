import { openForm } from '../flows/open-form.ts';
import { enterHours } from '../flows/quiet-hours.ts';
import { hoursIssueMessage, noSuchGroupMessage, quietListMessage, whichGroupMessage } from '../views/quiet-hours.ts';
import type { Subcommand } from './subcommand.ts';

/** `quiet` lists the groups; `quiet <group>` opens the form of one; `quiet <group> <hours>` enters its hours. */
export const quiet: Subcommand = async (deps, interaction, rest) => {
  const { t, answer, command } = interaction;
  const { quietHours } = deps;
  const list = async () => ({ command, zone: quietHours.zone, groups: await quietHours.groups() });
  if (rest === '') return answer(quietListMessage(await list(), t));
  const request = await quietHours.read(rest);
  switch (request.kind) {
    case 'open':
      return openForm(deps, interaction, { form: 'quiet_hours', group: request.group.id });
    case 'set':
      return enterHours(deps, interaction, request.group.id, request.given);
    case 'issue':
      return answer(hoursIssueMessage(request, t));
    case 'many':
      return answer(whichGroupMessage(request, t));
    case 'none':
      return answer(noSuchGroupMessage({ ref: rest, ...(await list()) }, t));
  }
};
