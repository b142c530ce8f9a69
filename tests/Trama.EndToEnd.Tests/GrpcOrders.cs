using Grpc.Core;

namespace Trama.EndToEnd.Tests;

/// <summary>A service of gRPC whose messages are bytes, and how a client calls its methods.</summary>
[BindServiceMethod(typeof(GrpcOrders), nameof(Bind))]
public class GrpcOrders
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(message => message, message => message);

    public static Method<byte[], byte[]> Getting { get; } = Named(MethodType.Unary, nameof(Get));

    public static Method<byte[], byte[]> Failing { get; } = Named(MethodType.Unary, nameof(Fail));

    public static Method<byte[], byte[]> Waiting { get; } = Named(MethodType.Unary, nameof(Wait));

    public static Method<byte[], byte[]> Listing { get; } = Named(MethodType.ServerStreaming, nameof(List));

    public static Method<byte[], byte[]> Chatting { get; } = Named(MethodType.DuplexStreaming, nameof(Chat));

    // The server finds the methods by their names.
    public static void Bind(ServiceBinderBase binder, GrpcOrders? service)
    {
        foreach (Method<byte[], byte[]> unary in (Method<byte[], byte[]>[])[Getting, Failing, Waiting])
            binder.AddMethod(unary, (UnaryServerMethod<byte[], byte[]>?)null);
        binder.AddMethod(Listing, (ServerStreamingServerMethod<byte[], byte[]>?)null);
        binder.AddMethod(Chatting, (DuplexStreamingServerMethod<byte[], byte[]>?)null);
    }

    public virtual Task<byte[]> Get(byte[] request, ServerCallContext context) => Task.FromResult(request);

    public virtual Task<byte[]> Fail(byte[] request, ServerCallContext context) =>
        Task.FromException<byte[]>(new RpcException(new Status(StatusCode.NotFound, "no such order")));

    public virtual async Task<byte[]> Wait(byte[] request, ServerCallContext context)
    {
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return request;
    }

    public virtual async Task List(byte[] request, IServerStreamWriter<byte[]> replies, ServerCallContext context)
    {
        for (int i = 0; i < 5; i++) await replies.WriteAsync(request, context.CancellationToken);
    }

    public virtual async Task Chat(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> replies, ServerCallContext context)
    {
        while (await requests.MoveNext(context.CancellationToken)) await replies.WriteAsync(requests.Current, context.CancellationToken);
    }

    private static Method<byte[], byte[]> Named(MethodType type, string name) => new(type, "shop.v1.Orders", name, Bytes, Bytes);
}
