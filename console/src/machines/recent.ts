/** The inputs that executions of a machine were last started with here. */
const most = 8;

const placeOf = (machine: string): string => `stepwell.inputs.${machine}`;

export function recentInputs(machine: string): string[] {
  const text = localStorage.getItem(placeOf(machine));
  return text ? (JSON.parse(text) as string[]) : [];
}

export function rememberInput(machine: string, input: string): void {
  const inputs = [input, ...recentInputs(machine).filter((each) => each !== input)].slice(0, most);
  localStorage.setItem(placeOf(machine), JSON.stringify(inputs));
}
