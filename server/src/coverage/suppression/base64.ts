/** Of the web platform; Node has it, too. */
declare function atob(data: string): string;

/** The text that base64 of its UTF-8 stands for; the data itself where it is none. */
export function decodeBase64(data: string): string {
  try {
    const bytes = Array.from(atob(data), (character) => character.charCodeAt(0));
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return data;
  }
}
