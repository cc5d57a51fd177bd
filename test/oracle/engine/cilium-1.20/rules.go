package main

import (
	"errors"
	"iter"
	"slices"

	"attested-fhir/oracle/batch"

	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

// What listens at the other end of a redirect. The ports only have to differ.
const (
	httpProxy  = 10001
	otherProxy = 10002
)

// Rules looks into the policy map as the datapath does, and where that redirects, into what Envoy is given.
func (c *cluster) Rules(subject int, ingress bool, peer uint32, port uint16) batch.Rules {
	e := c.endpoints[subject]
	e.resolve()
	if e.err != nil {
		return batch.Rules{Verdict: batch.Undecided} // The endpoint keeps the policy that it had before.
	}
	id := identity.NumericIdentity(peer)
	key := policy.EgressKey()
	if ingress {
		key = policy.IngressKey()
	}
	entry, _, ok := e.policy.Lookup(key.WithIdentity(id).WithTCPPort(port))
	switch {
	case !ok || entry.IsDeny():
		return batch.Rules{Verdict: batch.Drop}
	case entry.AuthRequirement.AuthType() != types.AuthTypeDisabled, entry.ProxyPort == otherProxy:
		return batch.Rules{Verdict: batch.Undecided}
	case entry.ProxyPort == httpProxy:
		return e.proxyRules(ingress, id, port)
	default:
		return batch.Rules{Verdict: batch.Allow}
	}
}

func (e *endpoint) resolve() {
	if e.policy != nil || e.err != nil {
		return
	}
	selectorPolicy, _, err := e.cluster.repository.ComputeSelectorPolicy(e.identity)
	if e.err = err; err != nil {
		return
	}
	redirects := map[string]uint16{}
	for filter, tuple := range selectorPolicy.RedirectFilters() {
		e.addRedirects(redirects, filter, tuple)
	}
	e.policy = selectorPolicy.DistillPolicy(logger, e, redirects)
	e.l4 = &e.policy.SelectorPolicy.L4Policy
	if e.envoyRefuses() {
		e.err = errors.New("Envoy does not take the policy")
	}
}

// envoyRefuses looks for what Cilium lets pass and Envoy does not, and with it the whole policy of the endpoint:
// github.com/cilium/proxy, cilium/network_policy.cc.
func (e *endpoint) envoyRefuses() bool {
	if !e.l4.HasRedirect() {
		return false
	}
	for _, direction := range []policy.L4DirectionPolicy{e.l4.Ingress, e.l4.Egress} {
		for filter := range direction.PortRules.Filters() {
			if filter.Protocol == api.ProtoTCP && isMalformed(filter) {
				return true
			}
		}
	}
	return false
}

func isMalformed(filter *policy.L4Filter) bool {
	backwards := filter.EndPort < filter.Port || filter.Port == 0
	if filter.PortName == "" && filter.EndPort != 0 && backwards {
		return true
	}
	for _, rules := range filter.PerSelectorPolicies {
		if rules != nil && slices.ContainsFunc(rules.HTTP, isMalformedRule) {
			return true
		}
	}
	return false
}

func (e *endpoint) addRedirects(redirects map[string]uint16, filter *policy.L4Filter, tuple policy.PerSelectorPolicyTuple) {
	proxy := uint16(otherProxy)
	if tuple.Policy.L7Parser == policy.ParserTypeHTTP {
		proxy = httpProxy
	}
	for _, port := range e.numbers(filter, tuple.Selector.GetSelections()) {
		id := policy.ProxyID(uint16(e.id), filter.Ingress, string(filter.Protocol), port, tuple.Policy.GetListener())
		if known, ok := redirects[id]; ok && known != proxy {
			redirects[id] = otherProxy // Cilium takes whichever parser of a port it happens to see first.
		} else {
			redirects[id] = proxy
		}
	}
}

// numbers are those of a filter's port: for egress, a name can stand for another at each peer.
func (e *endpoint) numbers(filter *policy.L4Filter, peers []identity.NumericIdentity) []uint16 {
	switch {
	case filter.Port != 0 || filter.PortName == "":
		return []uint16{filter.Port}
	case filter.Ingress:
		if port := e.GetIngressNamedPort(filter.PortName, filter.U8Proto); port != 0 {
			return []uint16{port}
		}
		return nil
	}
	ports := []uint16{}
	var ids iter.Seq[identity.NumericIdentity] = slices.Values(peers)
	for _, port := range e.cluster.ports.GetNamedPorts(filter.PortName, filter.U8Proto, ids) {
		ports = append(ports, port)
	}
	return ports
}

// isMalformedRule looks at what Cilium does not.
func isMalformedRule(rule api.PortRuleHTTP) bool { return !batch.Compiles(rule.Host) }

// proxyRules is what Envoy is given (pkg/envoy/model.go, GetDirectionNetworkPolicy) for a peer and a port, as the
// filter in Envoy reads it (github.com/cilium/proxy, cilium/network_policy.cc): all rules of the port, of the ranges
// that it lies in and of all ports are alternatives.
func (e *endpoint) proxyRules(ingress bool, peer identity.NumericIdentity, port uint16) batch.Rules {
	filters := e.l4.Egress.PortRules.Filters()
	if ingress {
		filters = e.l4.Ingress.PortRules.Filters()
	}
	http := &batch.HTTPRules{}
	for filter := range filters {
		if !e.concerns(filter, peer, port) {
			continue
		}
		for selector, rules := range filter.PerSelectorPolicies {
			if selector.IsWildcard() || selector.Selects(peer) {
				add(http, rules)
			}
		}
	}
	return batch.Rules{HTTP: http}
}

func (e *endpoint) concerns(filter *policy.L4Filter, peer identity.NumericIdentity, port uint16) bool {
	if filter.U8Proto != u8proto.TCP && filter.U8Proto != u8proto.ANY {
		return false
	}
	for _, first := range e.numbers(filter, []identity.NumericIdentity{peer}) {
		if first == 0 || first == port || first < port && port <= filter.EndPort {
			return true
		}
	}
	return false
}

func add(http *batch.HTTPRules, rules *policy.PerSelectorPolicy) {
	switch {
	case rules == nil:
		http.Open = true
	case rules.IsDeny(): // Dropped before Envoy sees it.
	case rules.L7Parser != policy.ParserTypeHTTP && rules.L7Parser != policy.ParserTypeNone, len(rules.ServerNames) > 0:
		http.Unknown = true
	case len(rules.HTTP) == 0:
		http.Open = true
	default:
		for _, rule := range rules.HTTP {
			http.Rules = append(http.Rules, httpRule(rule))
		}
	}
}

func httpRule(rule api.PortRuleHTTP) batch.HTTPRule {
	header := len(rule.Headers) > 0
	for _, match := range rule.HeaderMatches {
		header = header || match.Mismatch == ""
	}
	return batch.HTTPRule{Method: rule.Method, Path: rule.Path, Host: rule.Host, Header: header}
}
