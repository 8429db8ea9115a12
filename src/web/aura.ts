import { AuraClient } from '../sdk/index.ts';

/** The API this page came from: the only way the page talks to the server. */
export const aura = new AuraClient({ baseUrl: '' });
