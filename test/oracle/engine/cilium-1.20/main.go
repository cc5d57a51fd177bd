// Command oracle answers batches of questions by the policy engine of Cilium 1.20.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"

	"attested-fhir/oracle/batch"

	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	envoypolicy "github.com/cilium/cilium/pkg/envoy/policy"
	"github.com/cilium/cilium/pkg/identity"
	ipcacheTypes "github.com/cilium/cilium/pkg/ipcache/types"
	"github.com/cilium/cilium/pkg/k8s"
	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	slim_corev1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/core/v1"
	slim_networkingv1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
	slim_metav1 "github.com/cilium/cilium/pkg/k8s/slim/k8s/apis/meta/v1"
	k8sUtils "github.com/cilium/cilium/pkg/k8s/utils"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/labelsfilter"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	policyTypes "github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/policy/utils"
	testidentity "github.com/cilium/cilium/pkg/testutils/identity"
	"github.com/cilium/cilium/pkg/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

const clusterName = "default"

var logger = slog.New(slog.DiscardHandler)

func main() {
	configure()
	batch.Run(load)
}

// configure sets what the agent of a cluster has by default.
func configure() {
	option.Config.EnableIPv4 = true
	option.Config.EnableIPv6 = false
	option.Config.EnableL7Proxy = true
	option.Config.EnableICMPRules = true
	option.Config.EnableNodeSelectorLabels = true
	option.Config.EnableNonDefaultDenyPolicies = true
	option.Config.UnsafeDaemonConfigOption.AllowLocalhost = option.AllowLocalhostAlways
	option.Config.ClusterName = clusterName
	policy.SetPolicyEnabled(option.DefaultEnforcement)
	api.InitEntities(clusterName)
	if err := labelsfilter.ParseLabelPrefixCfg(logger, nil, nil, ""); err != nil {
		panic(err)
	}
}

type cluster struct {
	batch.Identities
	repository *policy.Repository
	endpoints  []*endpoint
	ports      types.NamedPortMultiMap
}

func (c *cluster) GetNamedPorts() types.NamedPortMultiMap { return c.ports }

// endpoint owns the policy that is resolved for its identity.
type endpoint struct {
	id       uint64
	identity *identity.Identity
	ports    types.NamedPortMap
	cluster  *cluster

	policy *policy.EndpointPolicy
	l4     *policy.L4Policy
	err    error
}

func load(policies []batch.Policy, endpoints []batch.Endpoint) (refused []batch.Refusal, _ batch.Cluster) {
	taken := map[ipcacheTypes.ResourceID]policyTypes.PolicyEntries{}
	for _, p := range policies {
		kind, entries, err := parse(p)
		if err != nil {
			refused = append(refused, batch.Refusal{Policy: p.Name, Error: err.Error()})
			continue
		}
		taken[ipcacheTypes.NewResourceID(kind, p.Namespace, p.Name)] = entries
	}
	identities := identity.ListReservedIdentities()
	c := newCluster(endpoints, identities)
	for _, entries := range taken {
		c.addBlocks(policy.GetCIDRPrefixes(entries), identities)
	}
	translator := envoypolicy.NewEnvoyL7RulesTranslator(logger, nil)
	c.repository = policy.NewPolicyRepository(logger, identities, nil, translator, nil, nil)
	c.repository.GetSelectorCache().SetLocalIdentityNotifier(testidentity.NewDummyIdentityNotifier())
	c.repository.SetNamedPortsGetter(c)
	c.repository.UpdateIdentities(identities, nil)
	for resource, entries := range taken {
		c.repository.ReplaceByResource(entries, resource)
	}
	return refused, c
}

// parse works on a copy, as the agent does: what JSON leaves behind its lists, Cilium would write over.
func parse(p batch.Policy) (kind ipcacheTypes.ResourceKind, entries policyTypes.PolicyEntries, err error) {
	defer func() {
		if r := recover(); r != nil { // Cilium counts on the API server to refuse what its schema does not allow.
			err = fmt.Errorf("not of the form that Cilium counts on: %v", r)
		}
	}()
	if p.Kubernetes {
		var np slim_networkingv1.NetworkPolicy
		if err = json.Unmarshal(p.Object, &np); err != nil {
			return "", nil, err
		}
		entries, err = k8s.ParseNetworkPolicy(logger, clusterName, &np)
		return ipcacheTypes.ResourceKindNetpol, entries, err
	}
	if p.Clusterwide {
		var ccnp v2.CiliumClusterwideNetworkPolicy
		if err = json.Unmarshal(p.Object, &ccnp); err != nil {
			return "", nil, err
		}
		rules, err := ccnp.DeepCopy().Parse(logger, clusterName)
		return ipcacheTypes.ResourceKindCCNP, utils.RulesToPolicyEntries(rules), err
	}
	var cnp v2.CiliumNetworkPolicy
	if err = json.Unmarshal(p.Object, &cnp); err != nil {
		return "", nil, err
	}
	rules, err := cnp.DeepCopy().Parse(logger, clusterName)
	return ipcacheTypes.ResourceKindCNP, utils.RulesToPolicyEntries(rules), err
}

func newCluster(endpoints []batch.Endpoint, identities identity.IdentityMap) *cluster {
	c := &cluster{Identities: batch.Identities{Endpoints: map[string]uint32{}, Blocks: map[netip.Prefix]uint32{}}}
	all := types.NewNamedPortMultiMap()
	byLabels := map[string]*identity.Identity{}
	for i, e := range endpoints {
		lbls := identityLabels(e)
		key := string(lbls.SortedList())
		if byLabels[key] == nil {
			id := identity.NumericIdentity(int(identity.MinimalNumericIdentity) + i)
			byLabels[key] = identity.NewIdentity(id, lbls)
			identities[id] = lbls.LabelArray()
		}
		c.Identities.Endpoints[e.Name] = uint32(byLabels[key].ID)
		ports := types.NamedPortMap{}
		for name, port := range e.Ports {
			_ = ports.AddPort(name, int(port), "TCP") // The agent logs a name that is none, and goes on.
		}
		all.Update(byLabels[key].ID, nil, ports)
		c.endpoints = append(c.endpoints, &endpoint{
			id: uint64(i + 1), identity: byLabels[key], ports: ports, cluster: c,
		})
	}
	c.ports = all
	return c
}

// addBlocks gives an identity to each block of addresses that a policy names. That of all addresses is the world.
func (c *cluster) addBlocks(blocks []netip.Prefix, identities identity.IdentityMap) {
	for _, block := range blocks {
		block = block.Masked()
		if _, ok := c.Blocks[block]; ok || block.Bits() == 0 {
			continue
		}
		id := identity.IdentityScopeLocal + identity.NumericIdentity(len(c.Blocks)+1)
		c.Blocks[block] = uint32(id)
		identities[id] = labels.GetCIDRLabels(block).LabelArray()
	}
}

// identityLabels are those that the agent gives a pod.
func identityLabels(e batch.Endpoint) labels.Labels {
	namespace := &slim_corev1.Namespace{ObjectMeta: slim_metav1.ObjectMeta{
		Name:   e.Namespace,
		Labels: map[string]string{"kubernetes.io/metadata.name": e.Namespace},
	}}
	pod := k8sUtils.SanitizePodLabels(e.Labels, namespace, cmp.Or(e.ServiceAccount, "default"), clusterName)
	lbls, _ := labelsfilter.Filter(labels.Map2Labels(pod, labels.LabelSourceK8s))
	return lbls
}

func (e *endpoint) GetID() uint64              { return e.id }
func (e *endpoint) IsHost() bool               { return false }
func (e *endpoint) PolicyDebug(string, ...any) {}

func (e *endpoint) PreviousMapStateSizes() policy.MapStateSizes { return policy.MapStateSizes{} }

func (e *endpoint) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	done := make(chan bool)
	close(done)
	return done
}

func (e *endpoint) GetIngressNamedPort(name string, proto u8proto.U8proto) uint16 {
	port, _ := e.ports.GetNamedPort(name, proto)
	return port
}
