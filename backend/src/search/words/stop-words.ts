/** Words that say nothing alone: beside others they are not asked for. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for from has have i if in is it my no not of on or our so that the their then there ' +
    'these they this to was we were will with you your ' +
    'aber als am an auch auf aus bei bin bis das dass dem den der des die ein eine einem einen einer es fur hat ich im ' +
    'in ist ja kann mein mit nach nicht noch nur oder sein sich sie sind so und uns unser vom von vor war wenn wie wir ' +
    'wird zu zum zur'
  ).split(' '),
);
