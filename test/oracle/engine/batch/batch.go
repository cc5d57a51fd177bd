// Package batch answers questions about network policies with an engine of Cilium's: who may send which request.
// It reads JSON objects, one after the other, and writes an answer to each on a line of its own.
package batch

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// Input is a cluster and what is asked of it.
type Input struct {
	// Policies are CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy and NetworkPolicy objects.
	Policies  []Policy   `json:"policies"`
	Endpoints []Endpoint `json:"endpoints"`
	Queries   []Query    `json:"queries"`
}

// Policy is an object as Kubernetes holds it.
type Policy struct {
	Clusterwide bool
	// Kubernetes says that it is one of Kubernetes' own.
	Kubernetes      bool
	Namespace, Name string
	Object          json.RawMessage
}

// UnmarshalJSON reads what the object is called, and leaves the rest to Cilium.
func (p *Policy) UnmarshalJSON(object []byte) error {
	var header struct {
		Kind     string
		Metadata struct{ Namespace, Name string }
	}
	if err := json.Unmarshal(object, &header); err != nil {
		return err
	}
	p.Clusterwide = header.Kind == "CiliumClusterwideNetworkPolicy"
	p.Kubernetes = header.Kind == "NetworkPolicy"
	p.Name = header.Metadata.Name
	if !p.Clusterwide {
		p.Namespace = header.Metadata.Namespace
	}
	p.Object = slices.Clone(object)
	return nil
}

// Endpoint is a pod, or all the pods of a workload.
type Endpoint struct {
	Name      string            `json:"name"`
	Namespace string            `json:"namespace"`
	Labels    map[string]string `json:"labels"`
	// Ports are its named TCP ports.
	Ports map[string]uint16 `json:"ports"`
	// ServiceAccount is "default" when it is not given.
	ServiceAccount string `json:"serviceAccount"`
}

// Query is an HTTP request over TCP.
type Query struct {
	// Src is an endpoint's name, an IPv4 address outside the cluster, or one of Cilium's own names: "host" is the
	// server's own node, "world" an address that no policy names.
	Src    string `json:"src"`
	Dst    string `json:"dst"`
	Port   uint16 `json:"port"`
	Method string `json:"method"`
	Path   string `json:"path"`
}

// Answer has a verdict for every query.
type Answer struct {
	Refused  []Refusal `json:"refused"`
	Verdicts []Verdict `json:"verdicts"`
}

// Refusal says why Cilium does not take a policy. Such a policy is ignored.
type Refusal struct {
	Policy string `json:"policy"`
	Error  string `json:"error"`
}

// Verdict is what becomes of a request.
type Verdict string

const (
	Allow     Verdict = "allow"
	L7Deny    Verdict = "l7-deny"
	Drop      Verdict = "drop"
	Undecided Verdict = "undecided"
)

// Cluster holds the policies that Cilium has taken.
type Cluster interface {
	// Identity is the numeric identity of the endpoint that a query names.
	Identity(name string) (uint32, bool)
	// Rules says what the policies of an endpoint let through, in one direction, from or to an identity.
	Rules(subject int, ingress bool, peer uint32, port uint16) Rules
}

// Rules are what one endpoint's policies say of a peer and a port.
type Rules struct {
	// Verdict holds where HTTP is nil.
	Verdict Verdict
	// HTTP are the rules of which one must match, where a proxy decides.
	HTTP *HTTPRules
}

// Load makes a cluster of endpoints and of the policies that Cilium does not refuse.
type Load func(policies []Policy, endpoints []Endpoint) ([]Refusal, Cluster)

// Run answers the batches in the file that the command line names, or else on standard input.
func Run(load Load) {
	if err := run(load); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(load Load) error {
	in := os.Stdin
	if len(os.Args) > 1 {
		file, err := os.Open(os.Args[1])
		if err != nil {
			return err
		}
		defer file.Close()
		in = file
	}
	decoder := json.NewDecoder(bufio.NewReaderSize(in, 1<<20))
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for {
		var input Input
		if err := decoder.Decode(&input); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		answer, err := input.answer(load)
		if err != nil {
			return err
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
}

func (input *Input) answer(load Load) (*Answer, error) {
	refused, cluster := load(input.Policies, input.Endpoints)
	known := memory{cluster: cluster, endpoints: map[string]int{}, rules: map[flow]Rules{}}
	for i, endpoint := range input.Endpoints {
		known.endpoints[endpoint.Name] = i
	}
	verdicts := make([]Verdict, 0, len(input.Queries))
	for _, query := range input.Queries {
		verdict, err := known.verdict(query)
		if err != nil {
			return nil, err
		}
		verdicts = append(verdicts, verdict)
	}
	return &Answer{Refused: append([]Refusal{}, refused...), Verdicts: verdicts}, nil
}

type flow struct {
	subject int
	ingress bool
	peer    uint32
	port    uint16
}

// memory asks the cluster about each flow once.
type memory struct {
	cluster   Cluster
	endpoints map[string]int
	rules     map[flow]Rules
}

func (m memory) ask(f flow) Rules {
	rules, ok := m.rules[f]
	if !ok {
		rules = m.cluster.Rules(f.subject, f.ingress, f.peer, f.port)
		m.rules[f] = rules
	}
	return rules
}

// verdict follows the request: out of the source, where a proxy may refuse it, then into the destination.
func (m memory) verdict(query Query) (Verdict, error) {
	src, srcIsEndpoint := m.endpoints[query.Src]
	dst, dstIsEndpoint := m.endpoints[query.Dst]
	from, known := m.cluster.Identity(query.Src)
	if !known || !dstIsEndpoint {
		return "", fmt.Errorf("unknown endpoint: %q to %q", query.Src, query.Dst)
	}
	if srcIsEndpoint { // Without a host firewall, sources other than endpoints are not restricted.
		to, _ := m.cluster.Identity(query.Dst)
		if out := m.ask(flow{src, false, to, query.Port}).decide(query); out != Allow {
			return out, nil
		}
	}
	return m.ask(flow{dst, true, from, query.Port}).decide(query), nil
}

func (rules Rules) decide(query Query) Verdict {
	if rules.HTTP == nil {
		return rules.Verdict
	}
	return rules.HTTP.decide(query)
}
