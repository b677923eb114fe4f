import { badValue, type Check, fieldsOf, objectOf, optional, text } from './setting-checks';

const uuid = (example: string) =>
  text(/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, `an id such as ${example}, from the console`);

/** The forms of ids are those that CloudFormation accepts, so that a typing error is found before a deploy. */
const checkOne = objectOf({
  slack: optional(
    objectOf({
      workspaceId: text(/^[0-9A-Z]{1,255}$/, "the workspace's id from the console, such as T0123ABCD"),
      channelId: text(/^[0-9A-Za-z]{1,255}$/, "the channel's id, the end of its link, such as C0123ABCD"),
    }),
  ),
  teams: optional(
    objectOf({
      teamId: uuid('00000000-1111-2222-3333-444444444444'),
      tenantId: uuid('00000000-1111-2222-3333-444444444444'),
      channelId: text(
        /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
        "the channel's id as its link has it, such as 19%3aabcdef%40thread.tacv2",
      ),
      channelName: text(/^[^\r\n]{1,256}$/, "the channel's name, of up to 256 characters"),
    }),
  ),
});

/** One channel of one of the two: the other would be left without alerts, and nobody would notice. */
export const checkChat: Check = (value, path) => {
  const problems = checkOne(value, path);
  const { slack, teams } = fieldsOf(value);
  const isOne = (slack === undefined) !== (teams === undefined);
  return problems.length > 0 || isOne ? problems : [badValue(path, value, 'either slack or teams')];
};
