import * as z from 'zod';
import { textLike } from '../../lambda/policy/schema-parts';

/** A resource can have 50 tags, and the stack sets two: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
const MOST = 48;
const OF_EVERY_STACK = ['application', 'environment'];

const KEY = 'a key of 1 to 128 letters, digits, spaces and _ . : / = + - @, that does not begin with aws:';
const VALUE = 'a text of up to 256 letters, digits, spaces and _ . : / = + - @';
const TAGS = `up to ${MOST} keys, each with a text, such as { 'cost-center': '42' }`;

/** Tags in a form that every service of the stack accepts. For IAM, keys that differ only in case are the same (same source). */
export const tagsSchema = z
  .record(z.string(), textLike(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u, VALUE), { error: TAGS })
  .superRefine((tags, { addIssue }) => {
    const keys = Object.keys(tags);
    if (keys.length > MOST) addIssue({ code: 'custom', message: TAGS });
    const taken = [...OF_EVERY_STACK];
    for (const key of keys) {
      const isTaken = taken.includes(key.toLowerCase());
      taken.push(key.toLowerCase());
      if (isTaken) {
        const message = `a unique key, regardless of case; the stack sets ${OF_EVERY_STACK.join(' and ')}`;
        addIssue({ code: 'custom', path: [key], message });
      } else if (!/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu.test(key)) {
        addIssue({ code: 'custom', path: [key], message: KEY });
      }
    }
  });
