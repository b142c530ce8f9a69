namespace Trama.Cli.Commands.Dumping;

/// <summary>What can be listed instead of capturing.</summary>
internal enum DumpList
{
    /// <summary>Nothing: packets are wanted.</summary>
    None,

    /// <summary>The devices (<c>-D</c>).</summary>
    Devices,

    /// <summary>The link types of a device (<c>-L</c>).</summary>
    LinkTypes,

    /// <summary>The timestamp types of a device (<c>-J</c>).</summary>
    TimestampTypes,

    /// <summary>The version.</summary>
    Version,
}
