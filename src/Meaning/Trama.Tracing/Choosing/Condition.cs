namespace Trama.Tracing.Choosing;

/// <summary>Whether something holds of an exchange.</summary>
internal delegate bool Condition(Connection connection, Exchange exchange);
