// Without what looks alike: I, l, 1, O, 0.
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** A password of 20 letters and digits (116 bits) in groups of five, easy to read aloud. */
export function makePassword(): string {
  const signs: string[] = [];
  while (signs.length < 20) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // 228 is four times 57; what lies above would make some letters likelier.
    if (byte < 228) signs.push(letters.charAt(byte % letters.length));
  }
  return (signs.join('').match(/.{5}/g) ?? []).join('-');
}
