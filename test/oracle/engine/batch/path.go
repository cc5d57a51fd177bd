package batch

import (
	"regexp"
	"strings"
)

var unreserved = regexp.MustCompile(`%(?:2[DEde]|3\d|[46][1-9A-Fa-f]|[57][0-9Aa]|5[Ff]|7[Ee])`)

var slash = regexp.MustCompile(`%(?:2[Ff]|5[Cc])`)

// normalize is what Envoy makes of a path before the rules see it, by the settings that Cilium gives it: unreserved
// characters are decoded, backslashes are slashes, dot segments are resolved, slashes merged. The query stays. Where
// there are escaped slashes, Envoy itself answers, by sending the client to another path.
func normalize(target string) (_ string, passes bool) {
	path, query, hasQuery := strings.Cut(target, "?")
	if slash.MatchString(path) {
		return "", false
	}
	path = unreserved.ReplaceAllStringFunc(path, decode)
	path = strings.ReplaceAll(path, `\`, "/")
	kept := []string{}
	segments := strings.Split(path, "/")
	for i, segment := range segments[1:] {
		last := i == len(segments)-2
		switch segment {
		case ".", "..":
			if segment == ".." && len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, segment)
		}
	}
	path = "/" + strings.Join(kept, "/")
	if merged := slashes.ReplaceAllString(path, "/"); merged != "/" || len(path) == 1 {
		path = merged
	} else {
		path = "//" // Envoy counts the one slash twice: as the first and as the last.
	}
	if hasQuery {
		path += "?" + query
	}
	return path, true
}

var slashes = regexp.MustCompile(`/+`)

func decode(escape string) string {
	const digits = "0123456789ABCDEF"
	escape = strings.ToUpper(escape)
	return string(rune(strings.IndexByte(digits, escape[1])<<4 | strings.IndexByte(digits, escape[2])))
}
