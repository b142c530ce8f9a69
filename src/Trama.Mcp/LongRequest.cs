using System.Text.Json;
using ModelContextProtocol.Protocol;
using Trama.Reports;

namespace Trama.Mcp;

/// <summary>What is answered to a request that is too long to be read.</summary>
internal static class LongRequest
{
    // Of JSON-RPC: what came is no request.
    private const int Invalid = -32600;

    /// <summary>The answer.</summary>
    /// <param name="beginning">The first bytes of the request, which tell its number where that stands among them.</param>
    /// <param name="language">The language.</param>
    public static JsonRpcError Answer(ReadOnlySpan<byte> beginning, Language language) => new()
    {
        Id = IdOf(beginning),
        Error = new JsonRpcErrorDetail
        {
            Code = Invalid,
            Message = language.Pick($"the request is longer than {Limits.RequestBytes} bytes, and was not read",
                $"o pedido tem mais de {Limits.RequestBytes} bytes, e não foi lido"),
        },
    };

    private static RequestId IdOf(ReadOnlySpan<byte> beginning)
    {
        try
        {
            var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
            bool isId = false;
            while (reader.Read())
            {
                if (isId && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number)) return new RequestId(number);
                if (isId && reader.TokenType == JsonTokenType.String) return new RequestId(reader.GetString()!);
                isId = reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("id"u8);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // It is no JSON, or its number no text: nobody knows which request it was.
        }

        return default;
    }
}
