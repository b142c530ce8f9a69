namespace Trama.Framing.Kafka;

/// <summary>The requests that Kafka knows. The layouts follow its message definitions, as far as topics and error codes go.</summary>
internal static class KafkaApis
{
    /// <summary>The number of Produce, which may want no reply.</summary>
    public const short Produce = 0;

    /// <summary>The number of SaslHandshake, after whose first version tokens come without a head.</summary>
    public const short SaslHandshake = 17;

    /// <summary>The number of ApiVersions, whose reply has no tagged fields before its error code.</summary>
    public const short ApiVersions = 18;

    private const string OnlyError = "E";
    private const string ErrorBehindThrottle = "4 E";
    private const string TopicErrors = "4 ( s ( 4 E ) )";

    private static readonly KafkaApi[] All =
    [
        new(Produce, "Produce", 9, 13, "3+:s A 4 ( -12:T 13+:U", "( -12:s 13+:16 ( 4 E 8 2+:8 5+:8 8+:( 4 s ) 8+:s ) )"),
        new(
            1, "Fetch", 12, 18, "-14:4 W 4 3+:4 4+:1 7+:8 ( -12:T 13+:U",
            "1+:4 7+:E 7+:4 ( -12:s 13+:16 ( 4 E 8 4+:8 5+:8 4+:( 8 8 ) 11+:4 b ) )"),
        new(2, "ListOffsets", 6, 11, "4 2+:1 ( T", "2+:4 ( s ( 4 E -0:[ 8 ] 1+:8 1+:8 4+:4 ) )"),
        new(
            3, "Metadata", 9, 13, "( 10+:U T )",
            "3+:4 ( 4 s 4 1+:s ) 2+:s 1+:4 ( E T 10+:U 1+:1 ( E 4 4 7+:4 [ 4 ] [ 4 ] 5+:[ 4 ] ) 8+:4 ) 8-10:4 13+:E"),
        new(4, "LeaderAndIsr", 4, 7, "4 7+:1 4 2+:8 5+:1 ( T", OnlyError),
        new(5, "StopReplica", 2, 4, "4 4+:1 4 1+:8 -2:1 ( T", OnlyError),
        new(6, "UpdateMetadata", 6, 8, "4 8+:1 4 5+:8 ( T", OnlyError),
        new(7, "ControlledShutdown", 3, 3, "", OnlyError),
        new(8, "OffsetCommit", 8, 10, "s 1+:4 1+:s 7+:s 2-4:8 ( -9:T 10+:U", "3+:4 ( -9:s 10+:16 ( 4 E ) )"),
        new(
            9, "OffsetFetch", 6, 10, "-7:s -7:( T ) 8+:( s 9+:s 9+:4 ( -9:T 10+:U ) )",
            "3+:4 -7:( s ( 4 8 5+:4 s E ) ) 2-7:E 8+:( s ( -9:s 10+:16 ( 4 8 4 s E ) ) E )"),
        new(10, "FindCoordinator", 3, 6, "", "1+:4 -3:E 4+:( s 4 s 4 E s )"),
        new(11, "JoinGroup", 6, 9, "", "2+:4 E"),
        new(12, "Heartbeat", 4, 4, "", "1+:4 E"),
        new(13, "LeaveGroup", 4, 5, "", "1+:4 E 3+:( s s E )"),
        new(14, "SyncGroup", 4, 5, "", "1+:4 E"),
        new(15, "DescribeGroups", 5, 6, "", "1+:4 ( E 6+:s s s s s ( s 4+:s s s b b ) 3+:4 )"),
        new(16, "ListGroups", 3, 5, "", "1+:4 E"),
        new(SaslHandshake, "SaslHandshake", -1, 1, "", OnlyError),
        new(ApiVersions, "ApiVersions", 3, 4, "", OnlyError),
        new(19, "CreateTopics", 5, 7, "( T", "2+:4 ( T 7+:U E 1+:s 5+:4 5+:2 5+:( s s 1 1 1 ) )"),
        new(20, "DeleteTopics", 4, 6, "( T 6+:U )", "1+:4 ( s 6+:16 E 5+:s )"),
        new(21, "DeleteRecords", 2, 2, "( T", "4 ( s ( 4 8 E ) )"),
        new(22, "InitProducerId", 2, 6, "", ErrorBehindThrottle),
        new(23, "OffsetForLeaderEpoch", 4, 4, "3+:4 ( T", "2+:4 ( s ( E 4 1+:4 8 ) )"),
        new(24, "AddPartitionsToTxn", 3, 5, "-3:s -3:8 -3:2 -3:( T ) 4+:( s 8 2 1 ( T ) )",
            "4 4+:E 4+:( s ( s ( 4 E ) ) ) -3:( s ( 4 E ) )"),
        new(25, "AddOffsetsToTxn", 3, 4, "", ErrorBehindThrottle),
        new(26, "EndTxn", 3, 5, "", ErrorBehindThrottle),
        new(27, "WriteTxnMarkers", 1, 2, "( 8 2 1 ( T", "( 8 ( s ( 4 E ) ) )"),
        new(28, "TxnOffsetCommit", 3, 5, "s s 8 2 3+:4 3+:s 3+:s ( T", TopicErrors),
        new(29, "DescribeAcls", 2, 3, "", ErrorBehindThrottle),
        new(30, "CreateAcls", 2, 3, "", "4 ( E s )"),
        new(31, "DeleteAcls", 2, 3, "", "4 ( E s ( E s 1 s 1+:1 s s 1 1 ) )"),
        new(32, "DescribeConfigs", 4, 4, "", "4 ( E s 1 s ( s s 1 1 1 1+:( s s 1 ) 3+:1 3+:s ) )"),
        new(33, "AlterConfigs", 2, 2, "", "4 ( E s 1 s )"),
        new(34, "AlterReplicaLogDirs", 2, 2, "( s ( T", TopicErrors),
        new(35, "DescribeLogDirs", 2, 4, "( T", "4 3+:E ( E s ( s ( 4 8 8 1 ) ) 4+:8 4+:8 )"),
        new(36, "SaslAuthenticate", 2, 2, "", OnlyError),
        new(37, "CreatePartitions", 2, 3, "( T", "4 ( s E s )"),
        new(38, "CreateDelegationToken", 2, 3, "", OnlyError),
        new(39, "RenewDelegationToken", 2, 2, "", OnlyError),
        new(40, "ExpireDelegationToken", 2, 2, "", OnlyError),
        new(41, "DescribeDelegationToken", 2, 3, "", OnlyError),
        new(42, "DeleteGroups", 2, 2, "", "4 ( s E )"),
        new(43, "ElectLeaders", 2, 2, "1+:1 ( T", "4 1+:E ( s ( 4 E s ) )"),
        new(44, "IncrementalAlterConfigs", 1, 1, "", "4 ( E s 1 s )"),
        new(45, "AlterPartitionReassignments", 0, 1, "4 1+:1 ( T", "4 1+:1 E s ( s ( 4 E s ) )"),
        new(46, "ListPartitionReassignments", 0, 0, "4 ( T", ErrorBehindThrottle),
        new(47, "OffsetDelete", -1, 0, "s ( T", "E 4 ( s ( 4 E ) )"),
        new(48, "DescribeClientQuotas", 1, 1, "", ErrorBehindThrottle),
        new(49, "AlterClientQuotas", 1, 1, "", "4 ( E s ( s s ) )"),
        new(50, "DescribeUserScramCredentials", 0, 0, "", "4 E s ( s E s ( 1 4 ) )"),
        new(51, "AlterUserScramCredentials", 0, 0, "", "4 ( s E s )"),
        new(52, "Vote", 0, 2, "s 1+:4 ( T", OnlyError),
        new(53, "BeginQuorumEpoch", 1, 1, "s 1+:4 ( T", OnlyError),
        new(54, "EndQuorumEpoch", 1, 1, "s ( T", OnlyError),
        new(55, "DescribeQuorum", 0, 2, "( T", OnlyError),
        new(56, "AlterPartition", 0, 3, "4 8 ( -1:T 2+:U", ErrorBehindThrottle),
        new(57, "UpdateFeatures", 0, 2, "", "4 E s -1:( s E s )"),
        new(58, "Envelope", 0, 0, "", "b E"),
        new(59, "FetchSnapshot", 0, 1, "4 4 ( T", ErrorBehindThrottle),
        new(60, "DescribeCluster", 0, 2, "", ErrorBehindThrottle),
        new(61, "DescribeProducers", 0, 0, "( T", "4 ( s ( 4 E s ( 36 ) ) )"),
        new(62, "BrokerRegistration", 0, 4, "", ErrorBehindThrottle),
        new(63, "BrokerHeartbeat", 0, 2, "", ErrorBehindThrottle),
        new(64, "UnregisterBroker", 0, 0, "", ErrorBehindThrottle),
        new(65, "DescribeTransactions", 0, 0, "", "4 ( E s s 4 8 8 2 ( s [ 4 ] ) )"),
        new(66, "ListTransactions", 0, 2, "", ErrorBehindThrottle),
        new(67, "AllocateProducerIds", 0, 0, "", ErrorBehindThrottle),
        new(68, "ConsumerGroupHeartbeat", 0, 1, "", ErrorBehindThrottle),
        new(69, "ConsumerGroupDescribe", 0, 1, "", ""),
        new(70, "ControllerRegistration", 0, 0, "", ErrorBehindThrottle),
        new(71, "GetTelemetrySubscriptions", 0, 0, "", ErrorBehindThrottle),
        new(72, "PushTelemetry", 0, 0, "", ErrorBehindThrottle),
        new(73, "AssignReplicasToDirs", 0, 0, "", ErrorBehindThrottle),
        new(74, "ListConfigResources", 0, 1, "", ErrorBehindThrottle),
        new(75, "DescribeTopicPartitions", 0, 0, "( T", "4 ( E s 16 1 ( E 4 4 4 [ 4 ] [ 4 ] [ 4 ] [ 4 ] [ 4 ] ) 4 )"),
        new(76, "ShareGroupHeartbeat", 0, 1, "", ErrorBehindThrottle),
        new(77, "ShareGroupDescribe", 0, 1, "", ""),
        new(78, "ShareFetch", 0, 2, "s s 4 W 4 4 1+:8 2+:1 ( U", "4 E s 1+:4 ( 16 ( 4 E s E s 8 t b ( 18 ) ) )"),
        new(79, "ShareAcknowledge", 0, 1, "s s 4 ( U", "4 E s ( 16 ( 4 E s 8 t ) )"),
        new(80, "AddRaftVoter", 0, 1, "", ErrorBehindThrottle),
        new(81, "RemoveRaftVoter", 0, 0, "", ErrorBehindThrottle),
        new(82, "UpdateRaftVoter", 0, 0, "", ErrorBehindThrottle),
        new(83, "InitializeShareGroupState", 0, 0, "s ( U", "( 16 ( 4 E s ) )"),
        new(84, "ReadShareGroupState", 0, 0, "s ( U", ""),
        new(85, "WriteShareGroupState", 0, 0, "s ( U", "( 16 ( 4 E s ) )"),
        new(86, "DeleteShareGroupState", 0, 0, "s ( U", "( 16 ( 4 E s ) )"),
        new(87, "ReadShareGroupStateSummary", 0, 0, "s ( U", ""),
        new(88, "StreamsGroupHeartbeat", 0, 0, "", ErrorBehindThrottle),
        new(89, "StreamsGroupDescribe", 0, 0, "", ""),
        new(90, "DescribeShareGroupOffsets", 0, 0, "( s ( T", ""),
        new(91, "AlterShareGroupOffsets", 0, 0, "s ( T", ErrorBehindThrottle),
        new(92, "DeleteShareGroupOffsets", 0, 0, "s ( T", ErrorBehindThrottle),
    ];

    /// <summary>The request of a number; null when there is none.</summary>
    public static KafkaApi? Find(short key) => key >= 0 && key < All.Length ? All[key] : null;
}
