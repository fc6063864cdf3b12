import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';

/** A phone as E.164 ("+61491570006") from what a person or Twilio wrote, `whatsapp:` and the like removed; null when it is no number. */
export function toE164(input: string, country: CountryCode = 'AU'): string | null {
  const said = input
    .normalize('NFKC')
    .trim()
    .replace(/^(?:whatsapp|sms|tel): */i, '')
    .replace(/^00(?:11)? *(?=[1-9])/, '+');
  // Carriers open new ranges before any library knows them: a complete international number is taken as it is.
  if (/^\+[1-9]\d{7,14}$/.test(said)) return said;
  if (said.length > 40 || /\p{L}/u.test(said)) return null;
  const phone = parsePhoneNumberFromString(said, country);
  return phone?.isValid() ? phone.number : null;
}

/** True for E.164 numbers of Australian mobiles (+614 and eight digits; ACMA numbering plan). */
export function isAustralianMobile(e164: string): boolean {
  return /^\+614\d{8}$/.test(e164);
}

/** For logs: the last three digits only ("***006"), too few to find a person by. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length < 6 ? '***' : `***${digits.slice(-3)}`;
}
