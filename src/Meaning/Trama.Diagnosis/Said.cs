using Trama.Framing;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>What the application said of an exchange, in its protocol's words, made visible: nothing in it moves a cursor.</summary>
/// <param name="Protocol">The protocol's name, such as <c>http1</c>; absent when unknown.</param>
/// <param name="Operation">What was asked (<c>GET /users/7</c>); empty when unknown.</param>
/// <param name="Status">How it ended (<c>503</c>); empty when unknown.</param>
public sealed record Said(string? Protocol, string Operation, string Status)
{
    internal static Said Of(Exchange exchange) =>
        new(exchange.Protocol, VisibleText.Of(exchange.Operation.Span), VisibleText.Of(exchange.Status.Span));
}
