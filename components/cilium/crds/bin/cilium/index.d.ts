import * as v2 from "./v2";
export { v2, };
