// A certified OpenID provider on a free port of this machine. Says "ready PORT" and ends with its input.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';

const redirectUris = process.argv.slice(2);
const accounts = new Map();

const key = (kind, options, alg) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg,
  kid: alg,
});

const client = (id, more) => ({
  client_id: id,
  client_secret: `secret-of-${id}`,
  redirect_uris: redirectUris,
  response_types: ['code'],
  grant_types: ['authorization_code'],
  ...more,
});

const configuration = {
  clients: [
    client('crew', {}),
    client('crew-es256', { id_token_signed_response_alg: 'ES256' }),
    client('crew-post', { token_endpoint_auth_method: 'client_secret_post' }),
  ],
  jwks: {
    keys: [
      key('rsa', { modulusLength: 2048 }, 'RS256'),
      key('ec', { namedCurve: 'P-256' }, 'ES256'),
    ],
  },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false, // as Google: what is known of somebody stands in the ID token
  clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'] },
  pkce: { required: () => true },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }),
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://127.0.0.1:${port}`, configuration);
  const serve = provider.callback();
  server.on('request', (request, response) =>
    request.url === '/test/accounts' ? open(request, response) : serve(request, response));
  console.log(`ready ${port}`);
});

async function open(request, response) {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const { id, ...claims } = JSON.parse(text);
  accounts.set(id, claims);
  response.writeHead(204).end();
}

process.stdin.resume().on('end', () => process.exit(0));
