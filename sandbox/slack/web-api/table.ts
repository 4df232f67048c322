import { authMethods } from './auth.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { MethodTable } from './method.ts';
import { reactionPinMethods } from './reactions-pins.ts';
import { scheduledMethods } from './scheduled.ts';
import { userGroupMethods } from './usergroups.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every method this stand-in knows; any other is `unknown_method`. */
export const methods: MethodTable = {
  ...authMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...reactionPinMethods,
  ...scheduledMethods,
  ...userGroupMethods,
  ...userMethods,
  ...viewMethods,
};
