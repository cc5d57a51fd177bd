package main

import (
	"errors"
	"slices"

	"attested-fhir/oracle/batch"

	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/trafficdirection"
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
	entry, ok := e.lookup(ingress, id, port)
	switch {
	case !ok || entry.IsDeny:
		return batch.Rules{Verdict: batch.Drop}
	case entry.AuthType != policy.AuthTypeDisabled, entry.ProxyPort == otherProxy:
		return batch.Rules{Verdict: batch.Undecided}
	case entry.ProxyPort == httpProxy:
		return e.proxyRules(ingress, id, port)
	default:
		return batch.Rules{Verdict: batch.Allow}
	}
}

// resolve computes the endpoint's policy: once to see which redirects it needs, and once more with them in place.
func (e *endpoint) resolve() {
	if e.policy != nil || e.err != nil {
		return
	}
	cache := e.cluster.repository.GetPolicyCache()
	cache.LocalEndpointIdentityAdded(e.identity)
	e.cluster.repository.Mutex.RLock()
	defer e.cluster.repository.Mutex.RUnlock()
	if e.err = cache.UpdatePolicy(e.identity, e.id); e.err != nil {
		return
	}
	first := cache.Lookup(e.identity).Consume(e)
	e.redirects = map[string]uint16{}
	for _, direction := range []policy.L4DirectionPolicy{first.L4Policy.Ingress, first.L4Policy.Egress} {
		direction.PortRules.ForEach(func(filter *policy.L4Filter) bool {
			if filter.IsRedirect() {
				e.addRedirect(filter)
			}
			return true
		})
	}
	e.policy = cache.Lookup(e.identity).Consume(e)
	if e.envoyRefuses() {
		e.err = errors.New("Envoy does not take the policy")
	}
}

// envoyRefuses looks for what Cilium lets pass and Envoy does not, and with it the whole policy of the endpoint:
// github.com/cilium/proxy, cilium/network_policy.cc.
func (e *endpoint) envoyRefuses() (refused bool) {
	l4 := &e.policy.L4Policy
	for _, direction := range []policy.L4DirectionPolicy{l4.Ingress, l4.Egress} {
		direction.PortRules.ForEach(func(filter *policy.L4Filter) bool {
			refused = refused || filter.Protocol == api.ProtoTCP && isMalformed(filter)
			return true
		})
	}
	return refused && l4.HasRedirect()
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

func (e *endpoint) addRedirect(filter *policy.L4Filter) {
	proxy := uint16(otherProxy)
	if filter.L7Parser == policy.ParserTypeHTTP {
		proxy = httpProxy
	}
	for _, rules := range filter.PerSelectorPolicies {
		id := policy.ProxyID(uint16(e.id), filter.Ingress, string(filter.Protocol), e.port(filter), rules.GetListener())
		if known, ok := e.redirects[id]; ok && known != proxy {
			proxy = otherProxy // A port by name and by number, with different parsers.
		}
		e.redirects[id] = proxy
	}
}

func (e *endpoint) port(filter *policy.L4Filter) uint16 {
	if filter.Port == 0 && filter.PortName != "" {
		return e.GetNamedPort(filter.Ingress, filter.PortName, uint8(filter.U8Proto))
	}
	return filter.Port
}

// lookup is bpf/lib/policy.h, __policy_can_access: the longer prefix of protocol and port wins, and where they are
// equal the entry with the peer's identity.
func (e *endpoint) lookup(ingress bool, peer identity.NumericIdentity, port uint16) (policy.MapStateEntry, bool) {
	specific, specificLength := e.longestPrefix(ingress, peer, port)
	wildcard, wildcardLength := e.longestPrefix(ingress, 0, port)
	if wildcardLength > specificLength {
		return wildcard, true
	}
	return specific, specificLength >= 0
}

// longestPrefix has length 17 for a port of its own, 1 for every port of TCP, 0 for every protocol.
func (e *endpoint) longestPrefix(ingress bool, id identity.NumericIdentity, port uint16) (policy.MapStateEntry, int) {
	key := policy.Key{
		Identity:         uint32(id),
		Nexthdr:          uint8(u8proto.TCP),
		TrafficDirection: trafficdirection.Egress.Uint8(),
	}
	if ingress {
		key.TrafficDirection = trafficdirection.Ingress.Uint8()
	}
	for bits := 16; bits >= 0; bits-- {
		mask := uint16(0xffff) << (16 - bits)
		key.DestPort, key.InvertedPortMask = port&mask, ^mask
		if entry, ok := e.get(key); ok {
			return entry, bits + 1
		}
	}
	key.Nexthdr = 0
	if entry, ok := e.get(key); ok {
		return entry, 0
	}
	return policy.MapStateEntry{}, -1
}

func (e *endpoint) get(key policy.Key) (policy.MapStateEntry, bool) {
	if key.DestPort == 0 && key.InvertedPortMask != 0xffff {
		return policy.MapStateEntry{}, false // Port 0 stands for all of them.
	}
	return e.policy.GetPolicyMap().Get(key)
}

// isMalformedRule looks at what Cilium does not.
func isMalformedRule(rule api.PortRuleHTTP) bool { return !batch.Compiles(rule.Host) }

// proxyRules is what Envoy is given (pkg/envoy/xds_server.go, getDirectionNetworkPolicy) for a peer and a port, as
// the filter in Envoy reads it (github.com/cilium/proxy, cilium/network_policy.cc): all rules of the port, of the
// ranges that it lies in and of all ports are alternatives.
func (e *endpoint) proxyRules(ingress bool, peer identity.NumericIdentity, port uint16) batch.Rules {
	direction := e.policy.L4Policy.Egress
	if ingress {
		direction = e.policy.L4Policy.Ingress
	}
	http := &batch.HTTPRules{}
	direction.PortRules.ForEach(func(filter *policy.L4Filter) bool {
		if e.concerns(filter, port) {
			for selector, rules := range filter.PerSelectorPolicies {
				if selector.IsWildcard() || selector.Selects(peer) {
					add(http, filter, rules)
				}
			}
		}
		return true
	})
	return batch.Rules{HTTP: http}
}

func (e *endpoint) concerns(filter *policy.L4Filter, port uint16) bool {
	if filter.Protocol == api.ProtoUDP || filter.Protocol == api.ProtoSCTP {
		return false
	}
	first := e.port(filter)
	if first == 0 {
		return filter.PortName == ""
	}
	return first == port || first < port && port <= filter.EndPort
}

func add(http *batch.HTTPRules, filter *policy.L4Filter, rules *policy.PerSelectorPolicy) {
	switch {
	case rules == nil || filter.Port == 0 && filter.PortName == "":
		http.Open = true
	case rules.IsDeny: // Dropped before Envoy sees it.
	case filter.L7Parser != policy.ParserTypeHTTP && filter.L7Parser != policy.ParserTypeNone, len(rules.ServerNames) > 0:
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
