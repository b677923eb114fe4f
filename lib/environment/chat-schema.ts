import * as z from 'zod';
import { objectOf, textLike } from '../../lambda/policy/schema-parts';
import type { Chat } from './environment';

const uuid = textLike(
  /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  'an id such as 00000000-1111-2222-3333-444444444444, from the console',
);

/**
 * Exactly one channel: a second channel would receive no alerts, and no one would notice. The forms of ids are the forms
 * that CloudFormation accepts, so that the check finds a typing error before a deployment.
 */
export const chatSchema = objectOf({
  slack: objectOf({
    workspaceId: textLike(/^[0-9A-Z]{1,255}$/, "the workspace's id from the console, such as T0123ABCD"),
    channelId: textLike(/^[0-9A-Za-z]{1,255}$/, "the channel's id, the end of its link, such as C0123ABCD"),
  }).optional(),
  teams: objectOf({
    teamId: uuid,
    tenantId: uuid,
    channelId: textLike(
      /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
      "the channel's id as in the channel's link, such as 19%3aabcdef%40thread.tacv2",
    ),
    channelName: textLike(/^[^\r\n]{1,256}$/, "the channel's name, of up to 256 characters"),
  }).optional(),
}).transform(({ slack, teams }, { addIssue }): Chat => {
  if (slack !== undefined && teams === undefined) return { slack };
  if (teams !== undefined && slack === undefined) return { teams };
  addIssue('either slack or teams');
  return z.NEVER;
});
