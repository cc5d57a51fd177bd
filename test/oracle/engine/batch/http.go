package batch

import "regexp"

// HTTPRules are alternatives: one that matches lets the request pass.
type HTTPRules struct {
	Rules []HTTPRule
	// Open says that there is also one without HTTP, so that every request that gets there passes.
	Open bool
	// Unknown says that there are also rules that an HTTP request without headers says nothing about.
	Unknown bool
}

// HTTPRule holds Cilium's regular expressions, which Envoy matches in full; an empty one matches everything.
type HTTPRule struct {
	Method, Path, Host string
	// Header says that the rule asks for a header. A query has none.
	Header bool
}

func (rules *HTTPRules) decide(query Query) Verdict {
	path, passes := normalize(query.Path)
	if !passes {
		return L7Deny
	}
	if rules.Open {
		return Allow
	}
	unknown := rules.Unknown
	for _, rule := range rules.Rules {
		if rule.Header || !matches(rule.Method, query.Method) || !matches(rule.Path, path) {
			continue
		}
		if rule.Host == "" {
			return Allow
		}
		unknown = true // A query does not say by which name it calls the server.
	}
	if unknown {
		return Undecided
	}
	return L7Deny
}

// matches reads the expression as RE2 does: Go's package has the same syntax.
func matches(expression, text string) bool {
	if expression == "" {
		return true
	}
	re := compile(expression)
	return re != nil && re.MatchString(text)
}

// Compiles says whether a text is a regular expression.
func Compiles(expression string) bool { return compile(expression) != nil }

var compiled = map[string]*regexp.Regexp{}

func compile(expression string) *regexp.Regexp {
	re, ok := compiled[expression]
	if !ok {
		if _, err := regexp.Compile(expression); err == nil {
			re = regexp.MustCompile(`\A(?:` + expression + `)\z`)
		}
		compiled[expression] = re
	}
	return re
}
