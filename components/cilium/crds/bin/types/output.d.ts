import * as outputs from "../types/output";
export declare namespace cilium {
    namespace v2 {
        /**
         * CiliumClusterwideNetworkPolicy is a Kubernetes third-party resource with an modified version of CiliumNetworkPolicy which is cluster scoped rather than namespace scoped.
         */
        interface CiliumClusterwideNetworkPolicy {
            /**
             * APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources
             */
            apiVersion: "cilium.io/v2";
            /**
             * Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
             */
            kind: "CiliumClusterwideNetworkPolicy";
            /**
             * Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
             */
            metadata: outputs.meta.v1.ObjectMeta;
            spec: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpec;
            /**
             * Specs is a list of desired Cilium specific rule specification.
             */
            specs: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecs[];
            status: outputs.cilium.v2.CiliumClusterwideNetworkPolicyStatus;
        }
        /**
         * Spec is the desired Cilium specific rule specification.
         */
        interface CiliumClusterwideNetworkPolicySpec {
            /**
             * Description is a free form string, it can be used by the creator of the rule to store human readable explanation of the purpose of this rule. Rules cannot be identified by comment.
             */
            description: string;
            /**
             * Egress is a list of EgressRule which are enforced at egress. If omitted or empty, this rule does not apply at egress.
             */
            egress: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgress[];
            /**
             * EgressDeny is a list of EgressDenyRule which are enforced at egress. Any rule inserted here will be denied regardless of the allowed egress rules in the 'egress' field. If omitted or empty, this rule does not apply at egress.
             */
            egressDeny: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDeny[];
            enableDefaultDeny: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEnableDefaultDeny;
            endpointSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEndpointSelector;
            /**
             * Ingress is a list of IngressRule which are enforced at ingress. If omitted or empty, this rule does not apply at ingress.
             */
            ingress: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngress[];
            /**
             * IngressDeny is a list of IngressDenyRule which are enforced at ingress. Any rule inserted here will be denied regardless of the allowed ingress rules in the 'ingress' field. If omitted or empty, this rule does not apply at ingress.
             */
            ingressDeny: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDeny[];
            /**
             * Labels is a list of optional strings which can be used to re-identify the rule or to store metadata. It is possible to lookup or delete strings based on labels. Labels are not required to be unique, multiple rules can have overlapping or identical labels.
             */
            labels: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecLabels[];
            nodeSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecNodeSelector;
        }
        /**
         * EgressRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecEgress {
            authentication: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressAuthentication;
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToFQDN allows whitelisting DNS names in place of IPs. The IPs that result from DNS resolution of `ToFQDN.MatchName`s are added to the same EgressRule object as ToCIDRSet entries, and behave accordingly. Any L4 and L7 rules within this EgressRule will also apply to these IPs. The DNS -> IP mapping is re-resolved periodically from within the cilium-agent, and the IPs in the DNS response are effected in the policy for selected pods as-is (i.e. the list of IPs is not modified in any way). Note: An explicit rule to allow for DNS traffic is needed for the pods, as ToFQDN counts as an egress rule and will enforce egress policy when PolicyEnforcment=default. Note: If the resolved IPs are IPs within the kubernetes cluster, the ToFQDN rule will not apply to that IP. Note: ToFQDN cannot occur in the same policy as other To* rules.
             */
            toFQDNs: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToFQDNs[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToServices[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * EgressDenyRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDeny {
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is not allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is not allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToServices[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToServices {
            k8sService: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        interface CiliumClusterwideNetworkPolicySpecEgressToFQDNs {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPorts {
            listener: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToServices {
            k8sService: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEgressToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEgressToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EnableDefaultDeny determines whether this policy configures the subject endpoint(s) to have a default deny mode. If enabled, this causes all traffic not explicitly allowed by a network policy to be dropped.
         *  If not specified, the default is true for each traffic direction that has rules, and false otherwise. For example, if a policy only has Ingress or IngressDeny rules, then the default for ingress is true and egress is false.
         *  If multiple policies apply to an endpoint, that endpoint's default deny will be enabled if any policy requests it.
         *  This is useful for creating broad-based network policies that will not cause endpoints to enter default-deny mode.
         */
        interface CiliumClusterwideNetworkPolicySpecEnableDefaultDeny {
            /**
             * Whether or not the endpoint should have a default-deny rule applied to egress traffic.
             */
            egress: boolean;
            /**
             * Whether or not the endpoint should have a default-deny rule applied to ingress traffic.
             */
            ingress: boolean;
        }
        /**
         * EndpointSelector selects all endpoints which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive.
         */
        interface CiliumClusterwideNetworkPolicySpecEndpointSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecEndpointSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecEndpointSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * IngressRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecIngress {
            authentication: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressAuthentication;
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPorts[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * IngressDenyRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet, FromGroups and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDeny {
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyToPorts[];
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecIngressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPorts {
            listener: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecIngressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecIngressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * Label is the Cilium's representation of a container label.
         */
        interface CiliumClusterwideNetworkPolicySpecLabels {
            key: string;
            /**
             * Source can be one of the above values (e.g.: LabelSourceContainer).
             */
            source: string;
            value: string;
        }
        /**
         * NodeSelector selects all nodes which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive. Can only be used in CiliumClusterwideNetworkPolicies.
         */
        interface CiliumClusterwideNetworkPolicySpecNodeSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecNodeSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecNodeSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Rule is a policy rule which must be applied to all endpoints which match the labels contained in the endpointSelector
         *  Each rule is split into an ingress section which contains all rules applicable at ingress, and an egress section applicable at egress. For rule types such as `L4Rule` and `CIDR` which can be applied at both ingress and egress, both ingress and egress side have to either specifically allow the connection or one side has to be omitted.
         *  Either ingress, egress, or both can be provided. If both ingress and egress are omitted, the rule has no effect.
         */
        interface CiliumClusterwideNetworkPolicySpecs {
            /**
             * Description is a free form string, it can be used by the creator of the rule to store human readable explanation of the purpose of this rule. Rules cannot be identified by comment.
             */
            description: string;
            /**
             * Egress is a list of EgressRule which are enforced at egress. If omitted or empty, this rule does not apply at egress.
             */
            egress: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgress[];
            /**
             * EgressDeny is a list of EgressDenyRule which are enforced at egress. Any rule inserted here will be denied regardless of the allowed egress rules in the 'egress' field. If omitted or empty, this rule does not apply at egress.
             */
            egressDeny: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDeny[];
            enableDefaultDeny: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEnableDefaultDeny;
            endpointSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEndpointSelector;
            /**
             * Ingress is a list of IngressRule which are enforced at ingress. If omitted or empty, this rule does not apply at ingress.
             */
            ingress: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngress[];
            /**
             * IngressDeny is a list of IngressDenyRule which are enforced at ingress. Any rule inserted here will be denied regardless of the allowed ingress rules in the 'ingress' field. If omitted or empty, this rule does not apply at ingress.
             */
            ingressDeny: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDeny[];
            /**
             * Labels is a list of optional strings which can be used to re-identify the rule or to store metadata. It is possible to lookup or delete strings based on labels. Labels are not required to be unique, multiple rules can have overlapping or identical labels.
             */
            labels: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsLabels[];
            nodeSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsNodeSelector;
        }
        /**
         * EgressRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgress {
            authentication: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressAuthentication;
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToFQDN allows whitelisting DNS names in place of IPs. The IPs that result from DNS resolution of `ToFQDN.MatchName`s are added to the same EgressRule object as ToCIDRSet entries, and behave accordingly. Any L4 and L7 rules within this EgressRule will also apply to these IPs. The DNS -> IP mapping is re-resolved periodically from within the cilium-agent, and the IPs in the DNS response are effected in the policy for selected pods as-is (i.e. the list of IPs is not modified in any way). Note: An explicit rule to allow for DNS traffic is needed for the pods, as ToFQDN counts as an egress rule and will enforce egress policy when PolicyEnforcment=default. Note: If the resolved IPs are IPs within the kubernetes cluster, the ToFQDN rule will not apply to that IP. Note: ToFQDN cannot occur in the same policy as other To* rules.
             */
            toFQDNs: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToFQDNs[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToServices[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * EgressDenyRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDeny {
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is not allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is not allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToServices[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToServices {
            k8sService: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        interface CiliumClusterwideNetworkPolicySpecsEgressToFQDNs {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPorts {
            listener: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToServices {
            k8sService: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EnableDefaultDeny determines whether this policy configures the subject endpoint(s) to have a default deny mode. If enabled, this causes all traffic not explicitly allowed by a network policy to be dropped.
         *  If not specified, the default is true for each traffic direction that has rules, and false otherwise. For example, if a policy only has Ingress or IngressDeny rules, then the default for ingress is true and egress is false.
         *  If multiple policies apply to an endpoint, that endpoint's default deny will be enabled if any policy requests it.
         *  This is useful for creating broad-based network policies that will not cause endpoints to enter default-deny mode.
         */
        interface CiliumClusterwideNetworkPolicySpecsEnableDefaultDeny {
            /**
             * Whether or not the endpoint should have a default-deny rule applied to egress traffic.
             */
            egress: boolean;
            /**
             * Whether or not the endpoint should have a default-deny rule applied to ingress traffic.
             */
            ingress: boolean;
        }
        /**
         * EndpointSelector selects all endpoints which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive.
         */
        interface CiliumClusterwideNetworkPolicySpecsEndpointSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsEndpointSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsEndpointSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * IngressRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngress {
            authentication: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressAuthentication;
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPorts[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * IngressDenyRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet, FromGroups and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDeny {
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyToPorts[];
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromGroups {
            aws: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPorts {
            listener: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsIngressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumClusterwideNetworkPolicySpecsIngressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * Label is the Cilium's representation of a container label.
         */
        interface CiliumClusterwideNetworkPolicySpecsLabels {
            key: string;
            /**
             * Source can be one of the above values (e.g.: LabelSourceContainer).
             */
            source: string;
            value: string;
        }
        /**
         * NodeSelector selects all nodes which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive. Can only be used in CiliumClusterwideNetworkPolicies.
         */
        interface CiliumClusterwideNetworkPolicySpecsNodeSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumClusterwideNetworkPolicySpecsNodeSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumClusterwideNetworkPolicySpecsNodeSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Status is the status of the Cilium policy rule.
         *  The reason this field exists in this structure is due a bug in the k8s code-generator that doesn't create a `UpdateStatus` method because the field does not exist in the structure.
         */
        interface CiliumClusterwideNetworkPolicyStatus {
            conditions: outputs.cilium.v2.CiliumClusterwideNetworkPolicyStatusConditions[];
            /**
             * DerivativePolicies is the status of all policies derived from the Cilium policy
             */
            derivativePolicies: {
                [key: string]: {
                    [key: string]: string;
                };
            };
        }
        interface CiliumClusterwideNetworkPolicyStatusConditions {
            /**
             * The last time the condition transitioned from one status to another.
             */
            lastTransitionTime: string;
            /**
             * A human readable message indicating details about the transition.
             */
            message: string;
            /**
             * The reason for the condition's last transition.
             */
            reason: string;
            /**
             * The status of the condition, one of True, False, or Unknown
             */
            status: string;
            /**
             * The type of the policy condition
             */
            type: string;
        }
        /**
         * CiliumNetworkPolicy is a Kubernetes third-party resource with an extended version of NetworkPolicy.
         */
        interface CiliumNetworkPolicy {
            /**
             * APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources
             */
            apiVersion: "cilium.io/v2";
            /**
             * Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
             */
            kind: "CiliumNetworkPolicy";
            /**
             * Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
             */
            metadata: outputs.meta.v1.ObjectMeta;
            spec: outputs.cilium.v2.CiliumNetworkPolicySpec;
            /**
             * Specs is a list of desired Cilium specific rule specification.
             */
            specs: outputs.cilium.v2.CiliumNetworkPolicySpecs[];
            status: outputs.cilium.v2.CiliumNetworkPolicyStatus;
        }
        /**
         * Spec is the desired Cilium specific rule specification.
         */
        interface CiliumNetworkPolicySpec {
            /**
             * Description is a free form string, it can be used by the creator of the rule to store human readable explanation of the purpose of this rule. Rules cannot be identified by comment.
             */
            description: string;
            /**
             * Egress is a list of EgressRule which are enforced at egress. If omitted or empty, this rule does not apply at egress.
             */
            egress: outputs.cilium.v2.CiliumNetworkPolicySpecEgress[];
            /**
             * EgressDeny is a list of EgressDenyRule which are enforced at egress. Any rule inserted here will be denied regardless of the allowed egress rules in the 'egress' field. If omitted or empty, this rule does not apply at egress.
             */
            egressDeny: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDeny[];
            enableDefaultDeny: outputs.cilium.v2.CiliumNetworkPolicySpecEnableDefaultDeny;
            endpointSelector: outputs.cilium.v2.CiliumNetworkPolicySpecEndpointSelector;
            /**
             * Ingress is a list of IngressRule which are enforced at ingress. If omitted or empty, this rule does not apply at ingress.
             */
            ingress: outputs.cilium.v2.CiliumNetworkPolicySpecIngress[];
            /**
             * IngressDeny is a list of IngressDenyRule which are enforced at ingress. Any rule inserted here will be denied regardless of the allowed ingress rules in the 'ingress' field. If omitted or empty, this rule does not apply at ingress.
             */
            ingressDeny: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDeny[];
            /**
             * Labels is a list of optional strings which can be used to re-identify the rule or to store metadata. It is possible to lookup or delete strings based on labels. Labels are not required to be unique, multiple rules can have overlapping or identical labels.
             */
            labels: outputs.cilium.v2.CiliumNetworkPolicySpecLabels[];
            nodeSelector: outputs.cilium.v2.CiliumNetworkPolicySpecNodeSelector;
        }
        /**
         * EgressRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecEgress {
            authentication: outputs.cilium.v2.CiliumNetworkPolicySpecEgressAuthentication;
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecEgressIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToFQDN allows whitelisting DNS names in place of IPs. The IPs that result from DNS resolution of `ToFQDN.MatchName`s are added to the same EgressRule object as ToCIDRSet entries, and behave accordingly. Any L4 and L7 rules within this EgressRule will also apply to these IPs. The DNS -> IP mapping is re-resolved periodically from within the cilium-agent, and the IPs in the DNS response are effected in the policy for selected pods as-is (i.e. the list of IPs is not modified in any way). Note: An explicit rule to allow for DNS traffic is needed for the pods, as ToFQDN counts as an egress rule and will enforce egress policy when PolicyEnforcment=default. Note: If the resolved IPs are IPs within the kubernetes cluster, the ToFQDN rule will not apply to that IP. Note: ToFQDN cannot occur in the same policy as other To* rules.
             */
            toFQDNs: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToFQDNs[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToServices[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumNetworkPolicySpecEgressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * EgressDenyRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecEgressDeny {
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is not allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is not allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToServices[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecEgressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecEgressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecEgressDenyToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecEgressDenyToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressDenyToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecEgressDenyToGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecEgressDenyToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecEgressDenyToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressDenyToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumNetworkPolicySpecEgressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecEgressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecEgressDenyToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressDenyToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumNetworkPolicySpecEgressDenyToServices {
            k8sService: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumNetworkPolicySpecEgressDenyToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumNetworkPolicySpecEgressDenyToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecEgressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecEgressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecEgressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecEgressToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecEgressToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        interface CiliumNetworkPolicySpecEgressToFQDNs {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecEgressToGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecEgressToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecEgressToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumNetworkPolicySpecEgressToPorts {
            listener: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumNetworkPolicySpecEgressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumNetworkPolicySpecEgressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumNetworkPolicySpecEgressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecEgressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecEgressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumNetworkPolicySpecEgressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumNetworkPolicySpecEgressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumNetworkPolicySpecEgressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumNetworkPolicySpecEgressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumNetworkPolicySpecEgressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumNetworkPolicySpecEgressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumNetworkPolicySpecEgressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecEgressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecEgressToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumNetworkPolicySpecEgressToServices {
            k8sService: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumNetworkPolicySpecEgressToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumNetworkPolicySpecEgressToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumNetworkPolicySpecEgressToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEgressToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEgressToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EnableDefaultDeny determines whether this policy configures the subject endpoint(s) to have a default deny mode. If enabled, this causes all traffic not explicitly allowed by a network policy to be dropped.
         *  If not specified, the default is true for each traffic direction that has rules, and false otherwise. For example, if a policy only has Ingress or IngressDeny rules, then the default for ingress is true and egress is false.
         *  If multiple policies apply to an endpoint, that endpoint's default deny will be enabled if any policy requests it.
         *  This is useful for creating broad-based network policies that will not cause endpoints to enter default-deny mode.
         */
        interface CiliumNetworkPolicySpecEnableDefaultDeny {
            /**
             * Whether or not the endpoint should have a default-deny rule applied to egress traffic.
             */
            egress: boolean;
            /**
             * Whether or not the endpoint should have a default-deny rule applied to ingress traffic.
             */
            ingress: boolean;
        }
        /**
         * EndpointSelector selects all endpoints which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive.
         */
        interface CiliumNetworkPolicySpecEndpointSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecEndpointSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecEndpointSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * IngressRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecIngress {
            authentication: outputs.cilium.v2.CiliumNetworkPolicySpecIngressAuthentication;
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecIngressIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPorts[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumNetworkPolicySpecIngressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * IngressDenyRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet, FromGroups and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecIngressDeny {
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyToPorts[];
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecIngressDenyFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecIngressDenyFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecIngressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecIngressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumNetworkPolicySpecIngressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecIngressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecIngressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecIngressFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecIngressFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecIngressFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecIngressFromGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecIngressFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecIngressFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecIngressFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecIngressFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecIngressFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecIngressFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecIngressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecIngressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecIngressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumNetworkPolicySpecIngressToPorts {
            listener: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumNetworkPolicySpecIngressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumNetworkPolicySpecIngressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumNetworkPolicySpecIngressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecIngressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecIngressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumNetworkPolicySpecIngressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumNetworkPolicySpecIngressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumNetworkPolicySpecIngressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumNetworkPolicySpecIngressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumNetworkPolicySpecIngressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumNetworkPolicySpecIngressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumNetworkPolicySpecIngressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecIngressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecIngressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * Label is the Cilium's representation of a container label.
         */
        interface CiliumNetworkPolicySpecLabels {
            key: string;
            /**
             * Source can be one of the above values (e.g.: LabelSourceContainer).
             */
            source: string;
            value: string;
        }
        /**
         * NodeSelector selects all nodes which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive. Can only be used in CiliumClusterwideNetworkPolicies.
         */
        interface CiliumNetworkPolicySpecNodeSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecNodeSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecNodeSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Rule is a policy rule which must be applied to all endpoints which match the labels contained in the endpointSelector
         *  Each rule is split into an ingress section which contains all rules applicable at ingress, and an egress section applicable at egress. For rule types such as `L4Rule` and `CIDR` which can be applied at both ingress and egress, both ingress and egress side have to either specifically allow the connection or one side has to be omitted.
         *  Either ingress, egress, or both can be provided. If both ingress and egress are omitted, the rule has no effect.
         */
        interface CiliumNetworkPolicySpecs {
            /**
             * Description is a free form string, it can be used by the creator of the rule to store human readable explanation of the purpose of this rule. Rules cannot be identified by comment.
             */
            description: string;
            /**
             * Egress is a list of EgressRule which are enforced at egress. If omitted or empty, this rule does not apply at egress.
             */
            egress: outputs.cilium.v2.CiliumNetworkPolicySpecsEgress[];
            /**
             * EgressDeny is a list of EgressDenyRule which are enforced at egress. Any rule inserted here will be denied regardless of the allowed egress rules in the 'egress' field. If omitted or empty, this rule does not apply at egress.
             */
            egressDeny: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDeny[];
            enableDefaultDeny: outputs.cilium.v2.CiliumNetworkPolicySpecsEnableDefaultDeny;
            endpointSelector: outputs.cilium.v2.CiliumNetworkPolicySpecsEndpointSelector;
            /**
             * Ingress is a list of IngressRule which are enforced at ingress. If omitted or empty, this rule does not apply at ingress.
             */
            ingress: outputs.cilium.v2.CiliumNetworkPolicySpecsIngress[];
            /**
             * IngressDeny is a list of IngressDenyRule which are enforced at ingress. Any rule inserted here will be denied regardless of the allowed ingress rules in the 'ingress' field. If omitted or empty, this rule does not apply at ingress.
             */
            ingressDeny: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDeny[];
            /**
             * Labels is a list of optional strings which can be used to re-identify the rule or to store metadata. It is possible to lookup or delete strings based on labels. Labels are not required to be unique, multiple rules can have overlapping or identical labels.
             */
            labels: outputs.cilium.v2.CiliumNetworkPolicySpecsLabels[];
            nodeSelector: outputs.cilium.v2.CiliumNetworkPolicySpecsNodeSelector;
        }
        /**
         * EgressRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecsEgress {
            authentication: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressAuthentication;
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToFQDN allows whitelisting DNS names in place of IPs. The IPs that result from DNS resolution of `ToFQDN.MatchName`s are added to the same EgressRule object as ToCIDRSet entries, and behave accordingly. Any L4 and L7 rules within this EgressRule will also apply to these IPs. The DNS -> IP mapping is re-resolved periodically from within the cilium-agent, and the IPs in the DNS response are effected in the policy for selected pods as-is (i.e. the list of IPs is not modified in any way). Note: An explicit rule to allow for DNS traffic is needed for the pods, as ToFQDN counts as an egress rule and will enforce egress policy when PolicyEnforcment=default. Note: If the resolved IPs are IPs within the kubernetes cluster, the ToFQDN rule will not apply to that IP. Note: ToFQDN cannot occur in the same policy as other To* rules.
             */
            toFQDNs: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToFQDNs[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToServices[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumNetworkPolicySpecsEgressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * EgressDenyRule contains all rule types which can be applied at egress, i.e. network traffic that originates inside the endpoint and exits the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members of the structure are specified, then all members must match in order for the rule to take effect. The exception to this rule is the ToRequires member; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - ToEndpoints, ToCIDR, ToCIDRSet, ToEntities, ToServices and ToGroups are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecsEgressDeny {
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "app=httpd" is not allowed to initiate type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyIcmps[];
            /**
             * ToCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections. Only connections destined for outside of the cluster and not targeting the host will be subject to CIDR rules.  This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24
             */
            toCIDR: string[];
            /**
             * ToCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to initiate connections to in addition to connections which are allowed via ToEndpoints, along with a list of subnets contained within their corresponding IP block to which traffic should not be allowed. This will match on the destination IP address of outgoing connections. Adding a prefix into ToCIDR or into ToCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between ToCIDR and ToCIDRSet.
             *  Example: Any endpoint with the label "app=database-proxy" is allowed to initiate connections to 10.2.3.0/24 except from IPs in subnet 10.2.3.0/28.
             */
            toCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToCIDRSet[];
            /**
             * ToEndpoints is a list of endpoints identified by an EndpointSelector to which the endpoints subject to the rule are allowed to communicate.
             *  Example: Any endpoint with the label "role=frontend" can communicate with any endpoint carrying the label "role=backend".
             */
            toEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToEndpoints[];
            /**
             * ToEntities is a list of special entities to which the endpoint subject to the rule is allowed to initiate connections. Supported entities are `world`, `cluster`,`host`,`remote-node`,`kube-apiserver`, `init`, `health`,`unmanaged` and `all`.
             */
            toEntities: string[];
            /**
             * ToGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: toGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            toGroups: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToGroups[];
            /**
             * ToNodes is a list of nodes identified by an EndpointSelector to which endpoints subject to the rule is allowed to communicate.
             */
            toNodes: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToNodes[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to connect to.
             *  Example: Any endpoint with the label "role=frontend" is not allowed to initiate connections to destination port 8080/tcp
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToPorts[];
            /**
             * ToRequires is a list of additional constraints which must be met in order for the selected endpoints to be able to connect to other endpoints. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching ToEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires any endpoint to which it communicates to also carry the label "team=A".
             */
            toRequires: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToRequires[];
            /**
             * ToServices is a list of services to which the endpoint subject to the rule is allowed to initiate connections. Currently Cilium only supports toServices for K8s services without selectors.
             *  Example: Any endpoint with the label "app=backend-app" is allowed to initiate connections to all cidrs backing the "external-service" service
             */
            toServices: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToServices[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecsEgressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecsEgressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecsEgressDenyToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecsEgressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumNetworkPolicySpecsEgressDenyToServices {
            k8sService: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumNetworkPolicySpecsEgressDenyToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumNetworkPolicySpecsEgressDenyToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressDenyToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecsEgressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecsEgressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecsEgressToCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsEgressToEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressToEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        interface CiliumNetworkPolicySpecsEgressToFQDNs {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecsEgressToGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecsEgressToGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsEgressToNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressToNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumNetworkPolicySpecsEgressToPorts {
            listener: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecsEgressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecsEgressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsEgressToRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressToRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Service wraps around selectors for services
         */
        interface CiliumNetworkPolicySpecsEgressToServices {
            k8sService: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToServicesK8sService;
            k8sServiceSelector: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToServicesK8sServiceSelector;
        }
        /**
         * K8sService selects service by name and namespace pair
         */
        interface CiliumNetworkPolicySpecsEgressToServicesK8sService {
            namespace: string;
            serviceName: string;
        }
        /**
         * K8sServiceSelector selects services by k8s labels and namespace
         */
        interface CiliumNetworkPolicySpecsEgressToServicesK8sServiceSelector {
            namespace: string;
            selector: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelector;
        }
        /**
         * ServiceSelector is a label selector for k8s services
         */
        interface CiliumNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEgressToServicesK8sServiceSelectorSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EnableDefaultDeny determines whether this policy configures the subject endpoint(s) to have a default deny mode. If enabled, this causes all traffic not explicitly allowed by a network policy to be dropped.
         *  If not specified, the default is true for each traffic direction that has rules, and false otherwise. For example, if a policy only has Ingress or IngressDeny rules, then the default for ingress is true and egress is false.
         *  If multiple policies apply to an endpoint, that endpoint's default deny will be enabled if any policy requests it.
         *  This is useful for creating broad-based network policies that will not cause endpoints to enter default-deny mode.
         */
        interface CiliumNetworkPolicySpecsEnableDefaultDeny {
            /**
             * Whether or not the endpoint should have a default-deny rule applied to egress traffic.
             */
            egress: boolean;
            /**
             * Whether or not the endpoint should have a default-deny rule applied to ingress traffic.
             */
            ingress: boolean;
        }
        /**
         * EndpointSelector selects all endpoints which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive.
         */
        interface CiliumNetworkPolicySpecsEndpointSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsEndpointSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsEndpointSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * IngressRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecsIngress {
            authentication: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressAuthentication;
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can only accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPorts[];
        }
        /**
         * Authentication is the required authentication type for the allowed traffic, if any.
         */
        interface CiliumNetworkPolicySpecsIngressAuthentication {
            /**
             * Mode is the required authentication mode for the allowed traffic, if any.
             */
            mode: string;
        }
        /**
         * IngressDenyRule contains all rule types which can be applied at ingress, i.e. network traffic that originates outside of the endpoint and is entering the endpoint selected by the endpointSelector.
         *  - All members of this structure are optional. If omitted or empty, the member will have no effect on the rule.
         *  - If multiple members are set, all of them need to match in order for the rule to take effect. The exception to this rule is FromRequires field; the effects of any Requires field in any rule will apply to all other rules as well.
         *  - FromEndpoints, FromCIDR, FromCIDRSet, FromGroups and FromEntities are mutually exclusive. Only one of these members may be present within an individual rule.
         */
        interface CiliumNetworkPolicySpecsIngressDeny {
            /**
             * FromCIDR is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from. Only connections which do *not* originate from the cluster or from the local host are subject to CIDR rules. In order to allow in-cluster connectivity, use the FromEndpoints field.  This will match on the source IP address of incoming connections. Adding  a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is  equivalent.  Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.3.9.1
             */
            fromCIDR: string[];
            /**
             * FromCIDRSet is a list of IP blocks which the endpoint subject to the rule is allowed to receive connections from in addition to FromEndpoints, along with a list of subnets contained within their corresponding IP block from which traffic should not be allowed. This will match on the source IP address of incoming connections. Adding a prefix into FromCIDR or into FromCIDRSet with no ExcludeCIDRs is equivalent. Overlaps are allowed between FromCIDR and FromCIDRSet.
             *  Example: Any endpoint with the label "app=my-legacy-pet" is allowed to receive connections from 10.0.0.0/8 except from IPs in subnet 10.96.0.0/12.
             */
            fromCIDRSet: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromCIDRSet[];
            /**
             * FromEndpoints is a list of endpoints identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             *  Example: Any endpoint with the label "role=backend" can be consumed by any endpoint carrying the label "role=frontend".
             */
            fromEndpoints: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromEndpoints[];
            /**
             * FromEntities is a list of special entities which the endpoint subject to the rule is allowed to receive connections from. Supported entities are `world`, `cluster` and `host`
             */
            fromEntities: string[];
            /**
             * FromGroups is a directive that allows the integration with multiple outside providers. Currently, only AWS is supported, and the rule can select by multiple sub directives:
             *  Example: FromGroups: - aws: securityGroupsIds: - 'sg-XXXXXXXXXXXXX'
             */
            fromGroups: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromGroups[];
            /**
             * FromNodes is a list of nodes identified by an EndpointSelector which are allowed to communicate with the endpoint subject to the rule.
             */
            fromNodes: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromNodes[];
            /**
             * FromRequires is a list of additional constraints which must be met in order for the selected endpoints to be reachable. These additional constraints do no by itself grant access privileges and must always be accompanied with at least one matching FromEndpoints.
             *  Example: Any Endpoint with the label "team=A" requires consuming endpoint to also carry the label "team=A".
             */
            fromRequires: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromRequires[];
            /**
             * ICMPs is a list of ICMP rule identified by type number which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming type 8 ICMP connections.
             */
            icmps: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyIcmps[];
            /**
             * ToPorts is a list of destination ports identified by port number and protocol which the endpoint subject to the rule is not allowed to receive connections on.
             *  Example: Any endpoint with the label "app=httpd" can not accept incoming connections on port 80/tcp.
             */
            toPorts: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyToPorts[];
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsIngressDenyFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecsIngressDenyIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecsIngressDenyIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortDenyRule is a list of ports/protocol that should be used for deny policies. This structure lacks the L7Rules since it's not supported in deny policies.
         */
        interface CiliumNetworkPolicySpecsIngressDenyToPorts {
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressDenyToPortsPorts[];
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecsIngressDenyToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * CIDRRule is a rule that specifies a CIDR prefix to/from which outside communication  is allowed, along with an optional list of subnets within that CIDR prefix to/from which outside communication is not allowed.
         */
        interface CiliumNetworkPolicySpecsIngressFromCIDRSet {
            /**
             * CIDR is a CIDR prefix / IP Block.
             */
            cidr: string;
            /**
             * CIDRGroupRef is a reference to a CiliumCIDRGroup object. A CiliumCIDRGroup contains a list of CIDRs that the endpoint, subject to the rule, can (Ingress/Egress) or cannot (IngressDeny/EgressDeny) receive connections from.
             */
            cidrGroupRef: string;
            /**
             * ExceptCIDRs is a list of IP blocks which the endpoint subject to the rule is not allowed to initiate connections to. These CIDR prefixes should be contained within Cidr, using ExceptCIDRs together with CIDRGroupRef is not supported yet. These exceptions are only applied to the Cidr in this CIDRRule, and do not apply to any other CIDR prefixes in any other CIDRRules.
             */
            except: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsIngressFromEndpoints {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromEndpointsMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsIngressFromEndpointsMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Groups structure to store all kinds of new integrations that needs a new derivative policy.
         */
        interface CiliumNetworkPolicySpecsIngressFromGroups {
            aws: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromGroupsAws;
        }
        /**
         * AWSGroup is an structure that can be used to whitelisting information from AWS integration
         */
        interface CiliumNetworkPolicySpecsIngressFromGroupsAws {
            labels: {
                [key: string]: string;
            };
            region: string;
            securityGroupsIds: string[];
            securityGroupsNames: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsIngressFromNodes {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromNodesMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsIngressFromNodesMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * EndpointSelector is a wrapper for k8s LabelSelector.
         */
        interface CiliumNetworkPolicySpecsIngressFromRequires {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressFromRequiresMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsIngressFromRequiresMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * ICMPRule is a list of ICMP fields.
         */
        interface CiliumNetworkPolicySpecsIngressIcmps {
            /**
             * Fields is a list of ICMP fields.
             */
            fields: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressIcmpsFields[];
        }
        /**
         * ICMPField is a ICMP field.
         */
        interface CiliumNetworkPolicySpecsIngressIcmpsFields {
            /**
             * Family is a IP address version. Currently, we support `IPv4` and `IPv6`. `IPv4` is set as default.
             */
            family: string;
            /**
             * Type is a ICMP-type. It should be an 8bit code (0-255), or it's CamelCase name (for example, "EchoReply"). Allowed ICMP types are: Ipv4: EchoReply | DestinationUnreachable | Redirect | Echo | EchoRequest | RouterAdvertisement | RouterSelection | TimeExceeded | ParameterProblem | Timestamp | TimestampReply | Photuris | ExtendedEcho Request | ExtendedEcho Reply Ipv6: DestinationUnreachable | PacketTooBig | TimeExceeded | ParameterProblem | EchoRequest | EchoReply | MulticastListenerQuery| MulticastListenerReport | MulticastListenerDone | RouterSolicitation | RouterAdvertisement | NeighborSolicitation | NeighborAdvertisement | RedirectMessage | RouterRenumbering | ICMPNodeInformationQuery | ICMPNodeInformationResponse | InverseNeighborDiscoverySolicitation | InverseNeighborDiscoveryAdvertisement | HomeAgentAddressDiscoveryRequest | HomeAgentAddressDiscoveryReply | MobilePrefixSolicitation | MobilePrefixAdvertisement | DuplicateAddressRequestCodeSuffix | DuplicateAddressConfirmationCodeSuffix | ExtendedEchoRequest | ExtendedEchoReply
             */
            type: number | string;
        }
        /**
         * PortRule is a list of ports/protocol combinations with optional Layer 7 rules which must be met.
         */
        interface CiliumNetworkPolicySpecsIngressToPorts {
            listener: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsListener;
            originatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsOriginatingTLS;
            /**
             * Ports is a list of L4 port/protocol
             */
            ports: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsPorts[];
            rules: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsRules;
            /**
             * ServerNames is a list of allowed TLS SNI values. If not empty, then TLS must be present and one of the provided SNIs must be indicated in the TLS handshake.
             */
            serverNames: string[];
            terminatingTLS: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsTerminatingTLS;
        }
        /**
         * listener specifies the name of a custom Envoy listener to which this traffic should be redirected to.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsListener {
            envoyConfig: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsListenerEnvoyConfig;
            /**
             * Name is the name of the listener.
             */
            name: string;
            /**
             * Priority for this Listener that is used when multiple rules would apply different listeners to a policy map entry. Behavior of this is implementation dependent.
             */
            priority: number;
        }
        /**
         * EnvoyConfig is a reference to the CEC or CCEC resource in which the listener is defined.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsListenerEnvoyConfig {
            /**
             * Kind is the resource type being referred to. Defaults to CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig for CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, respectively. The only case this is currently explicitly needed is when referring to a CiliumClusterwideEnvoyConfig from CiliumNetworkPolicy, as using a namespaced listener from a cluster scoped policy is not allowed.
             */
            kind: string;
            /**
             * Name is the resource name of the CiliumEnvoyConfig or CiliumClusterwideEnvoyConfig where the listener is defined in.
             */
            name: string;
        }
        /**
         * OriginatingTLS is the TLS context for the connections originated by the L7 proxy.  For egress policy this specifies the client-side TLS parameters for the upstream connection originating from the L7 proxy to the remote destination. For ingress policy this specifies the client-side TLS parameters for the connection from the L7 proxy to the local endpoint.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsOriginatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsOriginatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsOriginatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortProtocol specifies an L4 port with an optional transport protocol
         */
        interface CiliumNetworkPolicySpecsIngressToPortsPorts {
            /**
             * EndPort can only be an L4 port number.
             */
            endPort: number;
            /**
             * Port can be an L4 port number, or a name in the form of "http" or "http-8080".
             */
            port: string;
            /**
             * Protocol is the L4 protocol. If omitted or empty, any protocol matches. Accepted values: "TCP", "UDP", "SCTP", "ANY"
             *  Matching on ICMP is not supported.
             *  Named port specified for a container may narrow this down, but may not contradict this.
             */
            protocol: string;
        }
        /**
         * Rules is a list of additional port level rules which must be met in order for the PortRule to allow the traffic. If omitted or empty, no layer 7 rules are enforced.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsRules {
            /**
             * DNS-specific rules.
             */
            dns: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsRulesDns[];
            /**
             * HTTP specific rules.
             */
            http: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsRulesHttp[];
            /**
             * Kafka-specific rules.
             */
            kafka: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsRulesKafka[];
            /**
             * Key-value pair rules.
             */
            l7: {
                [key: string]: string;
            }[];
            /**
             * Name of the L7 protocol for which the Key-value pair rules apply.
             */
            l7proto: string;
        }
        /**
         * PortRuleDNS is a list of allowed DNS lookups.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsRulesDns {
            /**
             * MatchName matches literal DNS names. A trailing "." is automatically added when missing.
             */
            matchName: string;
            /**
             * MatchPattern allows using wildcards to match DNS names. All wildcards are case insensitive. The wildcards are: - "*" matches 0 or more DNS valid characters, and may occur anywhere in the pattern. As a special case a "*" as the leftmost character, without a following "." matches all subdomains as well as the name to the right. A trailing "." is automatically added when missing.
             *  Examples: `*.cilium.io` matches subomains of cilium at that level www.cilium.io and blog.cilium.io match, cilium.io and google.com do not `*cilium.io` matches cilium.io and all subdomains ends with "cilium.io" except those containing "." separator, subcilium.io and sub-cilium.io match, www.cilium.io and blog.cilium.io does not sub*.cilium.io matches subdomains of cilium where the subdomain component begins with "sub" sub.cilium.io and subdomain.cilium.io match, www.cilium.io, blog.cilium.io, cilium.io and google.com do not
             */
            matchPattern: string;
        }
        /**
         * PortRuleHTTP is a list of HTTP protocol constraints. All fields are optional, if all fields are empty or missing, the rule does not have any effect.
         *  All fields of this type are extended POSIX regex as defined by IEEE Std 1003.1, (i.e this follows the egrep/unix syntax, not the perl syntax) matched against the path of an incoming request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsRulesHttp {
            /**
             * HeaderMatches is a list of HTTP headers which must be present and match against the given values. Mismatch field can be used to specify what to do when there is no match.
             */
            headerMatches: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatches[];
            /**
             * Headers is a list of HTTP headers which must be present in the request. If omitted or empty, requests are allowed regardless of headers present.
             */
            headers: string[];
            /**
             * Host is an extended POSIX regex matched against the host header of a request, e.g. "foo.com"
             *  If omitted or empty, the value of the host header is ignored.
             */
            host: string;
            /**
             * Method is an extended POSIX regex matched against the method of a request, e.g. "GET", "POST", "PUT", "PATCH", "DELETE", ...
             *  If omitted or empty, all methods are allowed.
             */
            method: string;
            /**
             * Path is an extended POSIX regex matched against the path of a request. Currently it can contain characters disallowed from the conventional "path" part of a URL as defined by RFC 3986.
             *  If omitted or empty, all paths are all allowed.
             */
            path: string;
        }
        /**
         * HeaderMatch extends the HeaderValue for matching requirement of a named header field against an immediate string, a secret value, or a regex.  If none of the optional fields is present, then the header value is not matched, only presence of the header is enough.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatches {
            /**
             * Mismatch identifies what to do in case there is no match. The default is to drop the request. Otherwise the overall rule is still considered as matching, but the mismatches are logged in the access log.
             */
            mismatch: string;
            /**
             * Name identifies the header.
             */
            name: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatchesSecret;
            /**
             * Value matches the exact value of the header. Can be specified either alone or together with "Secret"; will be used as the header value if the secret can not be found in the latter case.
             */
            value: string;
        }
        /**
         * Secret refers to a secret that contains the value to be matched against. The secret must only contain one entry. If the referred secret does not exist, and there is no "Value" specified, the match will fail.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsRulesHttpHeaderMatchesSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * PortRule is a list of Kafka protocol constraints. All fields are optional, if all fields are empty or missing, the rule will match all Kafka messages.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsRulesKafka {
            /**
             * APIKey is a case-insensitive string matched against the key of a request, e.g. "produce", "fetch", "createtopic", "deletetopic", et al Reference: https://kafka.apache.org/protocol#protocol_api_keys
             *  If omitted or empty, and if Role is not specified, then all keys are allowed.
             */
            apiKey: string;
            /**
             * APIVersion is the version matched against the api version of the Kafka message. If set, it has to be a string representing a positive integer.
             *  If omitted or empty, all versions are allowed.
             */
            apiVersion: string;
            /**
             * ClientID is the client identifier as provided in the request.
             *  From Kafka protocol documentation: This is a user supplied identifier for the client application. The user can use any identifier they like and it will be used when logging errors, monitoring aggregates, etc. For example, one might want to monitor not just the requests per second overall, but the number coming from each client application (each of which could reside on multiple servers). This id acts as a logical grouping across all requests from a particular client.
             *  If omitted or empty, all client identifiers are allowed.
             */
            clientID: string;
            /**
             * Role is a case-insensitive string and describes a group of API keys necessary to perform certain higher-level Kafka operations such as "produce" or "consume". A Role automatically expands into all APIKeys required to perform the specified higher-level operation.
             *  The following values are supported: - "produce": Allow producing to the topics specified in the rule - "consume": Allow consuming from the topics specified in the rule
             *  This field is incompatible with the APIKey field, i.e APIKey and Role cannot both be specified in the same rule.
             *  If omitted or empty, and if APIKey is not specified, then all keys are allowed.
             */
            role: string;
            /**
             * Topic is the topic name contained in the message. If a Kafka request contains multiple topics, then all topics must be allowed or the message will be rejected.
             *  This constraint is ignored if the matched request message type doesn't contain any topic. Maximum size of Topic can be 249 characters as per recent Kafka spec and allowed characters are a-z, A-Z, 0-9, -, . and _.
             *  Older Kafka versions had longer topic lengths of 255, but in Kafka 0.10 version the length was changed from 255 to 249. For compatibility reasons we are using 255.
             *  If omitted or empty, all topics are allowed.
             */
            topic: string;
        }
        /**
         * TerminatingTLS is the TLS context for the connection terminated by the L7 proxy.  For egress policy this specifies the server-side TLS parameters to be applied on the connections originated from the local endpoint and terminated by the L7 proxy. For ingress policy this specifies the server-side TLS parameters to be applied on the connections originated from a remote source and terminated by the L7 proxy.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsTerminatingTLS {
            /**
             * Certificate is the file name or k8s secret item name for the certificate chain. If omitted, 'tls.crt' is assumed, if it exists. If given, the item must exist.
             */
            certificate: string;
            /**
             * PrivateKey is the file name or k8s secret item name for the private key matching the certificate chain. If omitted, 'tls.key' is assumed, if it exists. If given, the item must exist.
             */
            privateKey: string;
            secret: outputs.cilium.v2.CiliumNetworkPolicySpecsIngressToPortsTerminatingTLSSecret;
            /**
             * TrustedCA is the file name or k8s secret item name for the trusted CA. If omitted, 'ca.crt' is assumed, if it exists. If given, the item must exist.
             */
            trustedCA: string;
        }
        /**
         * Secret is the secret that contains the certificates and private key for the TLS context. By default, Cilium will search in this secret for the following items: - 'ca.crt'  - Which represents the trusted CA to verify remote source. - 'tls.crt' - Which represents the public key certificate. - 'tls.key' - Which represents the private key matching the public key certificate.
         */
        interface CiliumNetworkPolicySpecsIngressToPortsTerminatingTLSSecret {
            /**
             * Name is the name of the secret.
             */
            name: string;
            /**
             * Namespace is the namespace in which the secret exists. Context of use determines the default value if left out (e.g., "default").
             */
            namespace: string;
        }
        /**
         * Label is the Cilium's representation of a container label.
         */
        interface CiliumNetworkPolicySpecsLabels {
            key: string;
            /**
             * Source can be one of the above values (e.g.: LabelSourceContainer).
             */
            source: string;
            value: string;
        }
        /**
         * NodeSelector selects all nodes which should be subject to this rule. EndpointSelector and NodeSelector cannot be both empty and are mutually exclusive. Can only be used in CiliumClusterwideNetworkPolicies.
         */
        interface CiliumNetworkPolicySpecsNodeSelector {
            /**
             * matchExpressions is a list of label selector requirements. The requirements are ANDed.
             */
            matchExpressions: outputs.cilium.v2.CiliumNetworkPolicySpecsNodeSelectorMatchExpressions[];
            /**
             * matchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains only "value". The requirements are ANDed.
             */
            matchLabels: {
                [key: string]: string;
            };
        }
        /**
         * A label selector requirement is a selector that contains values, a key, and an operator that relates the key and values.
         */
        interface CiliumNetworkPolicySpecsNodeSelectorMatchExpressions {
            /**
             * key is the label key that the selector applies to.
             */
            key: string;
            /**
             * operator represents a key's relationship to a set of values. Valid operators are In, NotIn, Exists and DoesNotExist.
             */
            operator: string;
            /**
             * values is an array of string values. If the operator is In or NotIn, the values array must be non-empty. If the operator is Exists or DoesNotExist, the values array must be empty. This array is replaced during a strategic merge patch.
             */
            values: string[];
        }
        /**
         * Status is the status of the Cilium policy rule
         */
        interface CiliumNetworkPolicyStatus {
            conditions: outputs.cilium.v2.CiliumNetworkPolicyStatusConditions[];
            /**
             * DerivativePolicies is the status of all policies derived from the Cilium policy
             */
            derivativePolicies: {
                [key: string]: {
                    [key: string]: string;
                };
            };
        }
        interface CiliumNetworkPolicyStatusConditions {
            /**
             * The last time the condition transitioned from one status to another.
             */
            lastTransitionTime: string;
            /**
             * A human readable message indicating details about the transition.
             */
            message: string;
            /**
             * The reason for the condition's last transition.
             */
            reason: string;
            /**
             * The status of the condition, one of True, False, or Unknown
             */
            status: string;
            /**
             * The type of the policy condition
             */
            type: string;
        }
    }
}
export declare namespace meta {
    namespace v1 {
        /**
         * ListMeta describes metadata that synthetic resources must have, including lists and various status objects. A resource may have only one of {ObjectMeta, ListMeta}.
         */
        interface ListMeta {
            /**
             * continue may be set if the user set a limit on the number of items returned, and indicates that the server has more data available. The value is opaque and may be used to issue another request to the endpoint that served this list to retrieve the next set of available objects. Continuing a consistent list may not be possible if the server configuration has changed or more than a few minutes have passed. The resourceVersion field returned when using this continue value will be identical to the value in the first response, unless you have received this token from an error message.
             */
            continue: string;
            /**
             * remainingItemCount is the number of subsequent items in the list which are not included in this list response. If the list request contained label or field selectors, then the number of remaining items is unknown and the field will be left unset and omitted during serialization. If the list is complete (either because it is not chunking or because this is the last chunk), then there are no more remaining items and this field will be left unset and omitted during serialization. Servers older than v1.15 do not set this field. The intended use of the remainingItemCount is *estimating* the size of a collection. Clients should not rely on the remainingItemCount to be set or to be exact.
             */
            remainingItemCount: number;
            /**
             * String that identifies the server's internal version of this object that can be used by clients to determine when objects have changed. Value must be treated as opaque by clients and passed unmodified back to the server. Populated by the system. Read-only. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#concurrency-control-and-consistency
             */
            resourceVersion: string;
            /**
             * Deprecated: selfLink is a legacy read-only field that is no longer populated by the system.
             */
            selfLink: string;
            /**
             * shardInfo is set when the list is a filtered subset of the full collection, as selected by a shard selector on the request. It echoes back the selector so clients can verify which shard they received and merge sharded responses. Clients should not cache sharded list responses as a full representation of the collection.
             *
             * This is an alpha field and requires enabling the ShardedListAndWatch feature gate.
             */
            shardInfo: outputs.meta.v1.ShardInfo;
        }
        /**
         * ManagedFieldsEntry is a workflow-id, a FieldSet and the group version of the resource that the fieldset applies to.
         */
        interface ManagedFieldsEntry {
            /**
             * APIVersion defines the version of this resource that this field set applies to. The format is "group/version" just like the top-level APIVersion field. It is necessary to track the version of a field set because it cannot be automatically converted.
             */
            apiVersion: string;
            /**
             * FieldsType is the discriminator for the different fields format and version. There is currently only one possible value: "FieldsV1"
             */
            fieldsType: string;
            /**
             * FieldsV1 holds the first JSON version format as described in the "FieldsV1" type.
             */
            fieldsV1: any;
            /**
             * Manager is an identifier of the workflow managing these fields.
             */
            manager: string;
            /**
             * Operation is the type of operation which lead to this ManagedFieldsEntry being created. The only valid values for this field are 'Apply' and 'Update'.
             */
            operation: string;
            /**
             * Subresource is the name of the subresource used to update that object, or empty string if the object was updated through the main resource. The value of this field is used to distinguish between managers, even if they share the same name. For example, a status update will be distinct from a regular update using the same manager name. Note that the APIVersion field is not related to the Subresource field and it always corresponds to the version of the main resource.
             */
            subresource: string;
            /**
             * Time is the timestamp of when the ManagedFields entry was added. The timestamp will also be updated if a field is added, the manager changes any of the owned fields value or removes a field. The timestamp does not update when a field is removed from the entry because another manager took it over.
             */
            time: string;
        }
        /**
         * ObjectMeta is metadata that all persisted resources must have, which includes all objects users must create.
         */
        interface ObjectMeta {
            /**
             * Annotations is an unstructured key value map stored with a resource that may be set by external tools to store and retrieve arbitrary metadata. They are not queryable and should be preserved when modifying objects. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations
             */
            annotations: {
                [key: string]: string;
            };
            /**
             * CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.
             *
             * Populated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
             */
            creationTimestamp: string;
            /**
             * Number of seconds allowed for this object to gracefully terminate before it will be removed from the system. Only set when deletionTimestamp is also set. May only be shortened. Read-only.
             */
            deletionGracePeriodSeconds: number;
            /**
             * DeletionTimestamp is RFC 3339 date and time at which this resource will be deleted. This field is set by the server when a graceful deletion is requested by the user, and is not directly settable by a client. The resource is expected to be deleted (no longer visible from resource lists, and not reachable by name) after the time in this field, once the finalizers list is empty. As long as the finalizers list contains items, deletion is blocked. Once the deletionTimestamp is set, this value may not be unset or be set further into the future, although it may be shortened or the resource may be deleted prior to this time. For example, a user may request that a pod is deleted in 30 seconds. The Kubelet will react by sending a graceful termination signal to the containers in the pod. After that 30 seconds, the Kubelet will send a hard termination signal (SIGKILL) to the container and after cleanup, remove the pod from the API. In the presence of network partitions, this object may still exist after this timestamp, until an administrator or automated process can determine the resource is fully terminated. If not set, graceful deletion of the object has not been requested.
             *
             * Populated by the system when a graceful deletion is requested. Read-only. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata
             */
            deletionTimestamp: string;
            /**
             * Must be empty before the object is deleted from the registry. Each entry is an identifier for the responsible component that will remove the entry from the list. If the deletionTimestamp of the object is non-nil, entries in this list can only be removed. Finalizers may be processed and removed in any order.  Order is NOT enforced because it introduces significant risk of stuck finalizers. finalizers is a shared field, any actor with permission can reorder it. If the finalizer list is processed in order, then this can lead to a situation in which the component responsible for the first finalizer in the list is waiting for a signal (field value, external system, or other) produced by a component responsible for a finalizer later in the list, resulting in a deadlock. Without enforced ordering finalizers are free to order amongst themselves and are not vulnerable to ordering changes in the list.
             */
            finalizers: string[];
            /**
             * GenerateName is an optional prefix, used by the server, to generate a unique name ONLY IF the Name field has not been provided. If this field is used, the name returned to the client will be different than the name passed. This value will also be combined with a unique suffix. The provided value has the same validation rules as the Name field, and may be truncated by the length of the suffix required to make the value unique on the server.
             *
             * If this field is specified and the generated name exists, the server will return a 409.
             *
             * Applied only if Name is not specified. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#idempotency
             */
            generateName: string;
            /**
             * A sequence number representing a specific generation of the desired state. Populated by the system. Read-only.
             */
            generation: number;
            /**
             * Map of string keys and values that can be used to organize and categorize (scope and select) objects. May match selectors of replication controllers and services. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels
             */
            labels: {
                [key: string]: string;
            };
            /**
             * ManagedFields maps workflow-id and version to the set of fields that are managed by that workflow. This is mostly for internal housekeeping, and users typically shouldn't need to set or understand this field. A workflow can be the user's name, a controller's name, or the name of a specific apply path like "ci-cd". The set of fields is always in the version that the workflow used when modifying the object.
             */
            managedFields: outputs.meta.v1.ManagedFieldsEntry[];
            /**
             * Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names
             */
            name: string;
            /**
             * Namespace defines the space within which each name must be unique. An empty namespace is equivalent to the "default" namespace, but "default" is the canonical representation. Not all objects are required to be scoped to a namespace - the value of this field for those objects will be empty.
             *
             * Must be a DNS_LABEL. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces
             */
            namespace: string;
            /**
             * List of objects depended by this object. If ALL objects in the list have been deleted, this object will be garbage collected. If this object is managed by a controller, then an entry in this list will point to this controller, with the controller field set to true. There cannot be more than one managing controller.
             */
            ownerReferences: outputs.meta.v1.OwnerReference[];
            /**
             * An opaque value that represents the internal version of this object that can be used by clients to determine when objects have changed. May be used for optimistic concurrency, change detection, and the watch operation on a resource or set of resources. Clients must treat these values as opaque and passed unmodified back to the server. They may only be valid for a particular resource or set of resources.
             *
             * Populated by the system. Read-only. Value must be treated as opaque by clients and . More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#concurrency-control-and-consistency
             */
            resourceVersion: string;
            /**
             * Deprecated: selfLink is a legacy read-only field that is no longer populated by the system.
             */
            selfLink: string;
            /**
             * UID is the unique in time and space value for this object. It is typically generated by the server on successful creation of a resource and is not allowed to change on PUT operations.
             *
             * Populated by the system. Read-only. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#uids
             */
            uid: string;
        }
        /**
         * OwnerReference contains enough information to let you identify an owning object. An owning object must be in the same namespace as the dependent, or be cluster-scoped, so there is no namespace field.
         */
        interface OwnerReference {
            /**
             * API version of the referent.
             */
            apiVersion: string;
            /**
             * If true, AND if the owner has the "foregroundDeletion" finalizer, then the owner cannot be deleted from the key-value store until this reference is removed. See https://kubernetes.io/docs/concepts/architecture/garbage-collection/#foreground-deletion for how the garbage collector interacts with this field and enforces the foreground deletion. Defaults to false. To set this field, a user needs "delete" permission of the owner, otherwise 422 (Unprocessable Entity) will be returned.
             */
            blockOwnerDeletion: boolean;
            /**
             * If true, this reference points to the managing controller.
             */
            controller: boolean;
            /**
             * Kind of the referent. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds
             */
            kind: string;
            /**
             * Name of the referent. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names
             */
            name: string;
            /**
             * UID of the referent. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#uids
             */
            uid: string;
        }
        /**
         * ShardInfo describes the shard selector that was applied to produce a list response. Its presence on a list response indicates the list is a filtered subset.
         */
        interface ShardInfo {
            /**
             * selector is the shard selector string from the request, echoed back so clients can verify which shard they received and merge responses from multiple shards.
             */
            selector: string;
        }
    }
}
