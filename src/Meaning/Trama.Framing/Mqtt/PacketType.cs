namespace Trama.Framing.Mqtt;

/// <summary>The types of MQTT's packets (MQTT 5.0 section 2.1.2).</summary>
internal enum PacketType : byte
{
    /// <summary>Opens the session.</summary>
    Connect = 1,

    /// <summary>Answers CONNECT.</summary>
    ConnAck,

    /// <summary>Brings a message of a topic.</summary>
    Publish,

    /// <summary>Answers PUBLISH of QoS 1.</summary>
    PubAck,

    /// <summary>Answers PUBLISH of QoS 2.</summary>
    PubRec,

    /// <summary>Goes on after PUBREC.</summary>
    PubRel,

    /// <summary>Answers PUBREL.</summary>
    PubComp,

    /// <summary>Asks for topics.</summary>
    Subscribe,

    /// <summary>Answers SUBSCRIBE.</summary>
    SubAck,

    /// <summary>Asks for topics no more.</summary>
    Unsubscribe,

    /// <summary>Answers UNSUBSCRIBE.</summary>
    UnsubAck,

    /// <summary>Asks whether the server is there.</summary>
    PingReq,

    /// <summary>Answers PINGREQ.</summary>
    PingResp,

    /// <summary>Says goodbye.</summary>
    Disconnect,

    /// <summary>A step of an authentication.</summary>
    Auth,
}
