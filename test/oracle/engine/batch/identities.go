package batch

import "net/netip"

// reserved are Cilium's numbers of those that are neither endpoints nor addresses that a policy names.
var reserved = map[string]uint32{"host": 1, "world": 2, "unmanaged": 3, "remote-node": 6, "kube-apiserver": 7}

// Identities are the numbers by which Cilium knows endpoints, and blocks of addresses that policies name.
type Identities struct {
	Endpoints map[string]uint32
	Blocks    map[netip.Prefix]uint32
}

// Identity of an address is that of the narrowest block that it is in.
func (i *Identities) Identity(name string) (uint32, bool) {
	if number, ok := i.Endpoints[name]; ok {
		return number, true
	}
	if number, ok := reserved[name]; ok {
		return number, true
	}
	address, err := netip.ParseAddr(name)
	if err != nil {
		return 0, false
	}
	number, narrowest := reserved["world"], 0
	for block, candidate := range i.Blocks {
		if block.Contains(address) && block.Bits() > narrowest {
			number, narrowest = candidate, block.Bits()
		}
	}
	return number, true
}
