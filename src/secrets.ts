import { withScheme } from './proxy.ts';

/** Every value in the environment that must never be printed. */
export function secretsIn(environment: Record<string, string | undefined>): string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DIALER_TOKEN, DATABASE_URL } = environment;
  const whole = [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DIALER_TOKEN, DATABASE_URL];
  const proxies = ['HTTPS_PROXY', 'HTTP_PROXY'].flatMap((name) => [environment[name], environment[name.toLowerCase()]]);
  const passwords = [DATABASE_URL, ...proxies].map(passwordIn);
  return [...whole, ...passwords, ...passwords.map(unescaped)].flatMap((secret) => secret?.trim() || []);
}

function passwordIn(address: string | undefined): string {
  const url = withScheme(address ?? '');
  return URL.canParse(url) ? new URL(url).password : '';
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
