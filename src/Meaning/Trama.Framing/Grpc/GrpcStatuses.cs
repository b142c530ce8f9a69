using System.Text;

namespace Trama.Framing.Grpc;

/// <summary>The statuses of gRPC calls by number and name, and by what else a call is known (the protocol's "gRPC over HTTP2").</summary>
internal static class GrpcStatuses
{
    /// <summary>The status of a call that went well.</summary>
    public const int Ok = 0;

    private static readonly byte[][] Named =
    [
        .. new[]
        {
            "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED",
                "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
        }.Select(name => Encoding.ASCII.GetBytes(name)),
    ];

    /// <summary>The name of a status; empty for an unknown one.</summary>
    public static ReadOnlySpan<byte> Name(int status) => status >= 0 && status < Named.Length ? Named[status] : default;

    /// <summary>Whether a path has the form of a method's: a service with its package, and a name. Nothing else need have it.</summary>
    public static bool IsMethod(ReadOnlySpan<byte> path)
    {
        int slash = path.LastIndexOf((byte)'/');
        return slash > 1 && path[0] == '/' && slash + 1 < path.Length && path.IndexOf((byte)'?') < 0
            && !path[1..slash].Contains((byte)'/') && path[1..slash].Contains((byte)'.') && !path[slash..].Contains((byte)'.');
    }

    /// <summary>Whether a content type is that of gRPC itself; gRPC-Web, which ends otherwise, is not.</summary>
    public static bool IsContentType(ReadOnlySpan<byte> type)
    {
        ReadOnlySpan<byte> grpc = "application/grpc"u8;
        return type.StartsWith(grpc) && (type.Length == grpc.Length || type[grpc.Length] is (byte)'+' or (byte)';');
    }
}
