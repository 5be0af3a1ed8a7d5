// Signs each line of its input, "KEY BODY-IN-BASE64", as another's library does; answers a line each. Ends with its input.
import { createInterface } from 'node:readline';
import { computePaystackWebhookSignature } from '@alexasomba/paystack-node';

for await (const line of createInterface({ input: process.stdin })) {
  const [key, body] = line.split(' ');
  console.log(computePaystackWebhookSignature(Buffer.from(body ?? '', 'base64'), key));
}
