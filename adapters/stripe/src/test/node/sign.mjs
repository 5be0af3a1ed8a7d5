// Signs as Stripe does, and checks as its library does. Each line of the input is a JSON object
// {secret, timestamp, payload, header?}; each line of the output is {header} or {genuine}.
import { createInterface } from 'node:readline';
import Stripe from 'stripe';

const stripe = new Stripe('sk_test_of_nobody');

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, timestamp, payload, header } = JSON.parse(line);
  if (header === undefined) {
    const made = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    console.log(JSON.stringify({ header: made }));
    continue;
  }
  let genuine = true;
  try {
    stripe.webhooks.signature.verifyHeader(payload, header, secret, 300, undefined, timestamp * 1000);
  } catch (e) {
    if (!(e instanceof Stripe.errors.StripeSignatureVerificationError)) {
      throw e;
    }
    genuine = false;
  }
  console.log(JSON.stringify({ genuine }));
}
